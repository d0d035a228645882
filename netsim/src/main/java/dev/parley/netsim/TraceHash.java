package dev.parley.netsim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Folds whatever happened, in its order, into 64 bits: two runs that differ anywhere differ here. One thread.
final class TraceHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private long hash = 0x243f_6a88_85a3_08d3L;

    void fold(long value) {
        long mixed = (hash ^ value) * ODD;
        hash = mixed ^ (mixed >>> 32);
    }

    void fold(byte[] bytes, int from, int length) {
        fold(length);
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            fold((long) LONG.get(bytes, at));
        }
        for (; at < end; at++) {
            fold(bytes[at]);
        }
    }

    long value() {
        return hash;
    }
}
