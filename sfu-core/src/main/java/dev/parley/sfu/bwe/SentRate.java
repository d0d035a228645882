package dev.parley.sfu.bwe;

/// What was sent in the last seconds, by tenths of a second. One loop's thread; allocates nothing after it was made.
public final class SentRate {
    private static final int SLOTS = 50;
    private static final int SECOND = 10;
    private static final long SLOT_NS = 100_000_000;

    private final long[] bytes = new long[SLOTS];
    private boolean started;
    private long slot;
    private long firstSlot;

    public void sent(int size, long nowNs) {
        if (!started) {
            started = true;
            slot = Math.floorDiv(nowNs, SLOT_NS);
            firstSlot = slot;
        }
        advance(nowNs);
        bytes[place(slot)] += size;
    }

    /// In the fullest of the last seconds; of less than a second at the beginning.
    public double peakBps(long nowNs) {
        if (!started) {
            return 0;
        }
        advance(nowNs);
        long sum = 0;
        long most = 0;
        for (int i = 1; i <= SLOTS; i++) {
            sum += bytes[place(slot + i)];
            if (i > SECOND) {
                sum -= bytes[place(slot + i - SECOND)];
            }
            most = Math.max(most, sum);
        }
        return most * 8.0 * SECOND / Math.clamp(slot - firstSlot + 1, 1, SECOND);
    }

    /// On average over the last seconds.
    public double meanBps(long nowNs) {
        if (!started) {
            return 0;
        }
        advance(nowNs);
        long sum = 0;
        for (long inSlot : bytes) {
            sum += inSlot;
        }
        return sum * 8e9 / (SLOTS * SLOT_NS);
    }

    private void advance(long nowNs) {
        long to = Math.floorDiv(nowNs, SLOT_NS);
        for (long i = Math.max(slot, to - SLOTS) + 1; i <= to; i++) {
            bytes[place(i)] = 0;
        }
        slot = Math.max(slot, to);
    }

    private static int place(long slot) {
        return Math.floorMod(slot, SLOTS);
    }
}
