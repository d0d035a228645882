package dev.parley.sfu.bwe;

import dev.parley.sfu.base.Deadlines;

/// Whether reports stay away although packets were sent. One loop's thread.
final class Silence {
    private static final long BEGINS_NS = 1_000_000_000;
    private static final long BEGINS_ROUND_TRIPS = 3;
    private static final long STEP_NS = 500_000_000;

    /// Since then packets are unanswered.
    private long sinceNs = Deadlines.NEVER;

    private long dueNs = Deadlines.NEVER;

    void sent(long roundTripNs, long nowNs) {
        if (sinceNs == Deadlines.NEVER) {
            begin(roundTripNs, nowNs);
        }
    }

    /// A report came, and spoke of the newest packet or left it open.
    void answered(boolean all, long roundTripNs, long nowNs) {
        if (all) {
            sinceNs = Deadlines.NEVER;
            dueNs = Deadlines.NEVER;
        } else {
            begin(roundTripNs, nowNs);
        }
    }

    /// When less has to be sent because of it.
    long dueNs() {
        return dueNs;
    }

    /// Less is sent now; more of that later.
    void stepped(long nowNs) {
        dueNs = nowNs + STEP_NS;
    }

    boolean lasts(long nowNs) {
        return sinceNs != Deadlines.NEVER && nowNs - sinceNs >= BEGINS_NS;
    }

    private void begin(long roundTripNs, long nowNs) {
        sinceNs = nowNs;
        dueNs = nowNs + Math.max(BEGINS_NS, BEGINS_ROUND_TRIPS * roundTripNs);
    }
}
