package dev.parley.sfu.base;

/// 32-bit RTP timestamps to 64-bit ones that never wrap. `int ts` is the wire number, `long` the unwrapped one.
public final class TimestampUnwrapper {
    private static final long FIRST_CYCLE = 1L << 32;

    private long latest = -1;

    public long unwrap(int ts) {
        latest = latest < 0 ? FIRST_CYCLE + (ts & 0xffff_ffffL) : latest + (ts - (int) latest);
        return latest;
    }
}
