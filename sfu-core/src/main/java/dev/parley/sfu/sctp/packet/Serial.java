package dev.parley.sfu.sctp.packet;

/// Wire numbers that wrap, made into indices that do not: the one nearest to an index that is known,
/// [RFC 1982](https://www.rfc-editor.org/rfc/rfc1982). `int tsn` is wire, `long tsnIndex` unwrapped; no arithmetic is
/// done on wire numbers. Stateless.
public final class Serial {
    /// Indices start one wrap above zero, so that numbers before the first have room below.
    private static final long FIRST_CYCLE = 1L << 32;

    private Serial() {}

    public static long first(int wire) {
        return FIRST_CYCLE + Integer.toUnsignedLong(wire);
    }

    /// The index of a 32-bit number, at most half a cycle away from `reference`.
    public static long near(long reference, int wire) {
        return reference + (wire - (int) reference);
    }

    /// The index of a 16-bit number, at most half a cycle away from `reference`.
    public static long near16(long reference, int wire) {
        return reference + (short) (wire - (int) reference);
    }
}
