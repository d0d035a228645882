package dev.parley.sfu.base;

/// Reads big-endian fields within bounds. Reading past the end gives zeros and sets `overrun`, so that a parser checks
/// once at its end instead of before each field. One thread at a time.
public final class WireReader {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean overrun;

    private WireReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    public static WireReader of(byte[] bytes) {
        return new WireReader(bytes, 0, bytes.length);
    }

    public static WireReader of(byte[] bytes, int from, int length) {
        return new WireReader(bytes, from, from + length);
    }

    public int remaining() {
        return end - at;
    }

    /// Index into the underlying array of the next byte.
    public int position() {
        return at;
    }

    public byte[] array() {
        return bytes;
    }

    public boolean overrun() {
        return overrun;
    }

    public int u8() {
        return take(1) ? bytes[at - 1] & 0xff : 0;
    }

    public int u16() {
        return take(2) ? Bytes.u16(bytes, at - 2) : 0;
    }

    public int u24() {
        return take(3) ? (bytes[at - 3] & 0xff) << 16 | Bytes.u16(bytes, at - 2) : 0;
    }

    public int i32() {
        return take(4) ? Bytes.i32(bytes, at - 4) : 0;
    }

    public long u32() {
        return i32() & 0xffff_ffffL;
    }

    public long i64() {
        return take(8) ? Bytes.i64(bytes, at - 8) : 0;
    }

    public byte[] bytes(int count) {
        if (!take(count)) {
            return new byte[0];
        }
        byte[] copy = new byte[count];
        System.arraycopy(bytes, at - count, copy, 0, count);
        return copy;
    }

    public void skip(int count) {
        take(count);
    }

    /// A reader of its own over the next `count` bytes, which this one skips; empty and overrun when there are fewer.
    public WireReader slice(int count) {
        if (take(count)) {
            return new WireReader(bytes, at - count, at);
        }
        WireReader empty = new WireReader(bytes, end, end);
        empty.overrun = true;
        return empty;
    }

    private boolean take(int count) {
        if (count < 0 || count > end - at) {
            overrun = true;
            at = end;
            return false;
        }
        at += count;
        return true;
    }
}
