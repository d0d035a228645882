package dev.parley.sfu.bwe;

/// What was sent in the last second, by tenths of a second. One loop's thread; allocates nothing after it was made.
final class SentRate {
    private static final int SLOTS = 10;
    private static final long SLOT_NS = 100_000_000;

    private final long[] bytes = new long[SLOTS];
    private boolean started;
    private long slot;
    private long firstNs;
    private long sum;

    void sent(int size, long nowNs) {
        if (!started) {
            started = true;
            firstNs = nowNs;
            slot = Math.floorDiv(nowNs, SLOT_NS);
        }
        advance(nowNs);
        bytes[place(slot)] += size;
        sum += size;
    }

    double bps(long nowNs) {
        if (!started) {
            return 0;
        }
        advance(nowNs);
        long spanNs = Math.clamp(nowNs - firstNs, SLOT_NS, SLOTS * SLOT_NS);
        return sum * 8e9 / spanNs;
    }

    private void advance(long nowNs) {
        long to = Math.floorDiv(nowNs, SLOT_NS);
        for (long i = Math.max(slot, to - SLOTS) + 1; i <= to; i++) {
            sum -= bytes[place(i)];
            bytes[place(i)] = 0;
        }
        slot = Math.max(slot, to);
    }

    private static int place(long slot) {
        return Math.floorMod(slot, SLOTS);
    }
}
