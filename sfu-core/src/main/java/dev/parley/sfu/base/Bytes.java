package dev.parley.sfu.base;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Big-endian numbers in byte arrays: the one place where network order is spelled out.
public final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static int u16(byte[] b, int at) {
        return (short) SHORT.get(b, at) & 0xffff;
    }

    public static void u16(byte[] b, int at, int value) {
        SHORT.set(b, at, (short) value);
    }

    public static int i32(byte[] b, int at) {
        return (int) INT.get(b, at);
    }

    public static void i32(byte[] b, int at, int value) {
        INT.set(b, at, value);
    }

    public static long i64(byte[] b, int at) {
        return (long) LONG.get(b, at);
    }

    public static void i64(byte[] b, int at, long value) {
        LONG.set(b, at, value);
    }
}
