package dev.parley.sfu.bwe;

/// Bandwidth by delay: groups of packets, the trend of their delays, how long they queue, and the rate that follows.
/// One
/// loop's thread; allocates nothing.
final class DelayControl {
    private static final double MS = 1e6;
    /// Without reports for so long, what was known of the delays is stale.
    private static final long STALE_NS = 2_000_000_000;

    /// A queue that stands for so long although less is sent than arrives is none: the way got longer.
    private static final long NOT_OURS_NS = 4_000_000_000L;

    /// What every packet waits at least when the link is full.
    private static final long QUEUE_MIN_NS = 10_000_000;

    /// What a probe may leave behind.
    private static final long QUEUE_OF_PROBE_NS = 35_000_000;

    private final PacketGroups groups = new PacketGroups();
    private final DelayTrend trend = new DelayTrend();
    private final QueueDelay queue = new QueueDelay();
    private final AcknowledgedRate acknowledged = new AcknowledgedRate();
    private final RateControl control;
    private boolean started;
    private long lastNs;
    private NetworkUse use = NetworkUse.NORMAL;
    private long calmSinceNs;

    DelayControl(RateControl control) {
        this.control = control;
    }

    /// A packet of a report that arrived.
    void received(long sentNs, long arrivalNs, int bytes, long nowNs) {
        if (!started || nowNs - lastNs > STALE_NS) {
            started = true;
            calmSinceNs = nowNs;
            reset();
        }
        lastNs = nowNs;
        acknowledged.add(arrivalNs, bytes);
        queue.add(sentNs, arrivalNs);
        if (groups.add(sentNs, arrivalNs, nowNs)) {
            trend.add(groups.sendDeltaNs() / MS, groups.arrivalDeltaNs() / MS, arrivalNs / MS);
        }
    }

    /// All packets of a report were told.
    ///
    /// @param lossy whether packets are lost at present
    /// @param probed whether a probe was just reported on
    /// @param sentBps what was sent lately; more cannot have arrived, whatever the report says
    void reported(double sentBps, boolean lossy, boolean probed, long nowNs) {
        queue.reported(nowNs);
        if (queue.standingForNs(nowNs) > NOT_OURS_NS) {
            queue.reset();
        }
        use = judged(lossy, probed, nowNs);
        if (use != NetworkUse.NORMAL) {
            calmSinceNs = nowNs;
        }
        if (use == NetworkUse.OVERUSED) {
            double arriving = atMost(acknowledged.bpsWhenOverused(), sentBps);
            if (control.mayDecrease(arriving, nowNs)) {
                control.update(use, arriving, queue.queueNs(), nowNs);
            }
        } else {
            control.update(use, atMost(acknowledged.bps(), sentBps), queue.queueNs(), nowNs);
        }
    }

    /// A trend without a queue is one of the sizes of pictures, and a queue may stand without a trend.
    private NetworkUse judged(boolean lossy, boolean probed, long nowNs) {
        long queueMinNs = probed ? QUEUE_OF_PROBE_NS : QUEUE_MIN_NS;
        return switch (trend.use()) {
            case OVERUSED -> queue.queueNs() < queueMinNs ? NetworkUse.NORMAL : NetworkUse.OVERUSED;
            case NORMAL -> queue.stands(lossy, nowNs) ? NetworkUse.OVERUSED : NetworkUse.NORMAL;
            case UNDERUSED -> NetworkUse.UNDERUSED;
        };
    }

    NetworkUse use() {
        return use;
    }

    /// Neither over- nor underused for so long.
    long calmForNs(long nowNs) {
        return use == NetworkUse.NORMAL ? nowNs - calmSinceNs : 0;
    }

    long queueNs() {
        return queue.queueNs();
    }

    AcknowledgedRate acknowledged() {
        return acknowledged;
    }

    /// What was known of the way is worth nothing any more.
    void reset() {
        groups.reset();
        trend.reset();
        queue.reset();
    }

    private static double atMost(double bps, double maxBps) {
        return bps < 0 ? bps : Math.min(bps, maxBps);
    }
}
