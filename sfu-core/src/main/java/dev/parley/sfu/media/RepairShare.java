package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;

/// Bounds what is sent again to one viewer: within any second that ends now a share of what was sent for the first
/// time,
/// or a few packets where that is little. A viewer that asks for everything many times over gets no more than that.
///
/// Time is counted in steps of 10 ms, on the safe side: what was sent again counts for a step longer than a second,
/// what
/// it is measured by for a step less.
final class RepairShare {
    private static final long STEP_NS = 10_000_000;
    private static final int STEPS = 100;

    private final int percent;
    private final int packetsMin;
    private final int[] media = new int[STEPS + 1];
    private final int[] repaired = new int[STEPS + 1];
    private final int[] repairs = new int[STEPS + 1];
    private long step = Long.MIN_VALUE;
    private long mediaBytes;
    private long repairedBytes;
    private int repairedPackets;

    RepairShare(Limits limits) {
        percent = limits.repairPercent();
        packetsMin = limits.repairsPerSecondMin();
    }

    void sent(int bytes, long nowNs) {
        advance(nowNs);
        media[slot(step)] += bytes;
        mediaBytes += bytes;
    }

    /// Whether so many bytes may be sent again now; they then count as sent.
    boolean take(int bytes, long nowNs) {
        advance(nowNs);
        long lately = mediaBytes - media[slot(step + 1)];
        if (repairedPackets >= packetsMin && (repairedBytes + bytes) * 100 > lately * percent) {
            return false;
        }
        repaired[slot(step)] += bytes;
        repairs[slot(step)]++;
        repairedBytes += bytes;
        repairedPackets++;
        return true;
    }

    /// Forgets what is a second old; the slot of the next step is the oldest that counts.
    private void advance(long nowNs) {
        long now = nowNs / STEP_NS;
        long from = Math.max(step + 1, now - STEPS);
        for (long i = from; i <= now; i++) {
            int slot = slot(i);
            mediaBytes -= media[slot];
            repairedBytes -= repaired[slot];
            repairedPackets -= repairs[slot];
            media[slot] = 0;
            repaired[slot] = 0;
            repairs[slot] = 0;
        }
        step = Math.max(step, now);
    }

    private static int slot(long step) {
        return Math.floorMod(step, STEPS + 1);
    }
}
