package dev.parley.sfu.bwe;

/// How long packets wait before the bottleneck: their one-way delay above the smallest one of the last half minute. The
/// trend of the delay tells that a queue grows; this tells that one stands. One loop's thread.
final class QueueDelay {
    /// A queue of this length that does not go away counts as overuse.
    static final long STANDING_NS = 50_000_000;

    /// While packets are lost already a shorter one does: where it stands is where the buffer ends.
    private static final long STANDING_WITH_LOSS_NS = 14_000_000;

    private static final long LONG_NS = 60_000_000;
    private static final long STANDS_FOR_NS = 200_000_000;
    private static final long FLOOR_HALF_NS = 15_000_000_000L;
    private static final long NONE = Long.MAX_VALUE;

    private long reportLeastNs = NONE;
    private long floorNs = NONE;
    private long formerFloorNs = NONE;
    private long floorSinceNs;
    private long queueNs;
    private long shortSinceNs;
    private long veryShortSinceNs;
    private boolean started;

    /// A packet that arrived.
    void add(long sentNs, long arrivalNs) {
        reportLeastNs = Math.min(reportLeastNs, arrivalNs - sentNs);
    }

    /// All packets of a report were added.
    void reported(long nowNs) {
        if (reportLeastNs == NONE) {
            return;
        }
        if (!started || nowNs - floorSinceNs > FLOOR_HALF_NS) {
            formerFloorNs = started ? floorNs : NONE;
            floorNs = NONE;
            floorSinceNs = nowNs;
            shortSinceNs = started ? shortSinceNs : nowNs;
            veryShortSinceNs = started ? veryShortSinceNs : nowNs;
            started = true;
        }
        floorNs = Math.min(floorNs, reportLeastNs);
        queueNs = reportLeastNs - Math.min(floorNs, formerFloorNs);
        reportLeastNs = NONE;
        if (queueNs < STANDING_NS) {
            shortSinceNs = nowNs;
        }
        if (queueNs < STANDING_WITH_LOSS_NS) {
            veryShortSinceNs = nowNs;
        }
    }

    long queueNs() {
        return queueNs;
    }

    /// Whether no packet of the last fifth of a second found the queue short, or all now find it very long.
    boolean stands(boolean lossy, long nowNs) {
        long sinceNs = lossy ? veryShortSinceNs : shortSinceNs;
        return queueNs >= LONG_NS || nowNs - sinceNs >= STANDS_FOR_NS;
    }

    /// For so long the queue has not been short.
    long standingForNs(long nowNs) {
        return queueNs >= STANDING_NS ? nowNs - shortSinceNs : 0;
    }

    /// What was taken for a queue is the way itself: it got longer.
    void reset() {
        started = false;
        queueNs = 0;
        reportLeastNs = NONE;
    }
}
