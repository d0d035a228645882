package dev.parley.sfu.base;

import org.jspecify.annotations.Nullable;

/// The bytes of one datagram in a pooled array, with big-endian views on them.
///
/// Belongs to one event loop, which alone retains and releases it. Another loop may read a packet that it was handed
/// (its bytes no longer change then) and gives it back through the owner's queue.
public final class Packet {
    /// No datagram larger than this is read or built; a longer one is cut by the socket and refused by its parser.
    public static final int CAPACITY = 2048;

    private final byte[] array;
    private final PacketPool pool;
    private int length;
    private long arrivalNs;
    private int references;
    private boolean passedThrough;
    private @Nullable MediaKind media;

    Packet(PacketPool pool, int capacity) {
        this.pool = pool;
        this.array = new byte[capacity];
    }

    Packet reset() {
        length = 0;
        arrivalNs = 0;
        references = 1;
        passedThrough = false;
        media = null;
        return this;
    }

    /// The bytes themselves, from index 0; what lies behind `length` is free room.
    public byte[] array() {
        return array;
    }

    public int capacity() {
        return array.length;
    }

    public int length() {
        return length;
    }

    public void length(int length) {
        if (length < 0 || length > array.length) {
            throw new IllegalArgumentException("length " + length + " of " + array.length);
        }
        this.length = length;
    }

    /// When the edge read it, on the loop's clock.
    public long arrivalNs() {
        return arrivalNs;
    }

    public void arrivalNs(long nowNs) {
        arrivalNs = nowNs;
    }

    /// True for what came in and goes out again: it may be longer than what we make ourselves.
    public boolean passedThrough() {
        return passedThrough;
    }

    public void passedThrough(boolean cameIn) {
        passedThrough = cameIn;
    }

    /// What an outgoing RTP packet carries: where not all can leave, pictures give way to voices, and both to the rest,
    /// which is null.
    public @Nullable MediaKind media() {
        return media;
    }

    public void media(MediaKind kind) {
        media = kind;
    }

    public int u8(int at) {
        return array[at] & 0xff;
    }

    public void u8(int at, int value) {
        array[at] = (byte) value;
    }

    public int u16(int at) {
        return Bytes.u16(array, at);
    }

    public void u16(int at, int value) {
        Bytes.u16(array, at, value);
    }

    public int u24(int at) {
        return u8(at) << 16 | u16(at + 1);
    }

    public int i32(int at) {
        return Bytes.i32(array, at);
    }

    public void i32(int at, int value) {
        Bytes.i32(array, at, value);
    }

    public long u32(int at) {
        return i32(at) & 0xffff_ffffL;
    }

    public void copyFrom(byte[] source, int from, int count) {
        System.arraycopy(source, from, array, 0, count);
        length = count;
    }

    public void copyFrom(Packet source) {
        copyFrom(source.array, 0, source.length);
        arrivalNs = source.arrivalNs;
    }

    public byte[] toBytes() {
        byte[] copy = new byte[length];
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    public WireReader reader() {
        return WireReader.of(array, 0, length);
    }

    public void retain() {
        references++;
    }

    /// Gives one reference back; the last one returns the packet to its pool.
    public void release() {
        if (--references == 0) {
            pool.giveBack(this);
        } else if (references < 0) {
            throw new IllegalStateException("packet released once too often");
        }
    }
}
