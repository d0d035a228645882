package dev.parley.sfu.base;

/// Writes big-endian fields within bounds. What does not fit is not written and sets `overflow`. One thread at a time.
public final class WireWriter {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private boolean overflow;

    private WireWriter(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.end = end;
    }

    public static WireWriter of(byte[] bytes) {
        return new WireWriter(bytes, 0, bytes.length);
    }

    public static WireWriter of(byte[] bytes, int from, int length) {
        return new WireWriter(bytes, from, from + length);
    }

    /// Begins anew where it began: what was written counts for nothing.
    public WireWriter rewind() {
        at = start;
        overflow = false;
        return this;
    }

    public int remaining() {
        return end - at;
    }

    /// Index into the underlying array of the next byte.
    public int position() {
        return at;
    }

    public int written() {
        return at - start;
    }

    public boolean overflow() {
        return overflow;
    }

    public WireWriter u8(int value) {
        if (room(1)) {
            bytes[at - 1] = (byte) value;
        }
        return this;
    }

    public WireWriter u16(int value) {
        if (room(2)) {
            Bytes.u16(bytes, at - 2, value);
        }
        return this;
    }

    public WireWriter u24(int value) {
        return u8(value >>> 16).u16(value);
    }

    public WireWriter i32(int value) {
        if (room(4)) {
            Bytes.i32(bytes, at - 4, value);
        }
        return this;
    }

    public WireWriter u32(long value) {
        return i32((int) value);
    }

    public WireWriter i64(long value) {
        if (room(8)) {
            Bytes.i64(bytes, at - 8, value);
        }
        return this;
    }

    public WireWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    public WireWriter bytes(byte[] source, int from, int count) {
        if (room(count)) {
            System.arraycopy(source, from, bytes, at - count, count);
        }
        return this;
    }

    /// Overwrites a 16-bit field that was written before, at an index of the underlying array (lengths, mostly).
    public WireWriter patchU16(int index, int value) {
        Bytes.u16(bytes, index, value);
        return this;
    }

    private boolean room(int count) {
        if (overflow || count > end - at) {
            overflow = true;
            return false;
        }
        at += count;
        return true;
    }
}
