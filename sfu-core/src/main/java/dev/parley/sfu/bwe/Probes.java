package dev.parley.sfu.bwe;

import dev.parley.sfu.base.Deadlines;

/// When to try for more, and how much: twice at the start and on as long as the link shows no end, then at most once in
/// 5 s, when more is wanted than the estimate gives and no queue stands. One loop's thread; allocates nothing.
final class Probes {
    static final int NO_CLUSTER = 0;
    static final long APART_NS = 5_000_000_000L;

    private static final double START_FIRST = 3;
    private static final double START_SECOND = 6;
    private static final double FURTHER = 2;
    /// A result of this share of what was tried is worth trying further.
    private static final double WORTH_FURTHER = 0.7;

    private static final double TRIES = 2;
    /// Further than that is a queue of more than 60 ms where the link has become no wider.
    private static final double TRIES_MAX = 4;

    private static final double OF_WANTED_MAX = 1.5;
    private static final long RESULT_WITHIN_NS = 1_000_000_000;
    private static final long GAP_NS = 20_000_000;

    private final ProbeCluster cluster = new ProbeCluster();
    private final double maxBps;
    private int lastId = NO_CLUSTER;
    private double plannedBps;
    private double plannedNextBps;
    private long plannedNs = Deadlines.NEVER;
    private long lastNs;
    private boolean begun;
    private long begunNs;
    private boolean starting;

    Probes(double maxBps) {
        this.maxBps = maxBps;
    }

    /// The first packet leaves: the link is unknown.
    void begin(double targetBps, double wantedBps, long nowNs) {
        begun = true;
        begunNs = nowNs;
        starting = true;
        plan(START_FIRST * targetBps, wantedBps, nowNs);
        plannedNextBps = Math.min(START_SECOND * targetBps, capped(wantedBps));
    }

    boolean begun() {
        return begun;
    }

    /// Of the cluster that what leaves now belongs to, or `NO_CLUSTER`. Padding ends a cluster.
    int clusterNow(boolean padding, long nowNs) {
        return cluster.active(nowNs) || (padding && cluster.lasts(nowNs)) ? cluster.id() : NO_CLUSTER;
    }

    ProbeCluster cluster() {
        return cluster;
    }

    /// Media that belongs to a cluster.
    void sent(int bytes) {
        cluster.sent(bytes);
    }

    int paddingDue(long nowNs) {
        if (plannedNs <= nowNs) {
            startPlanned(nowNs);
        }
        return cluster.paddingDue(nowNs);
    }

    long nextTimeNs(long nowNs) {
        return cluster.active(nowNs) ? cluster.nextTimeNs() : plannedNs;
    }

    /// Whether the time has come for a further one, were it wanted.
    boolean mayTry(long nowNs) {
        starting &= nowNs - begunNs < APART_NS;
        return begun && plannedNs == Deadlines.NEVER && nowNs - lastNs >= (starting ? RESULT_WITHIN_NS : APART_NS);
    }

    /// Tries for twice the estimate, or for what there was before a large drop.
    void attempt(double targetBps, double beforeDropBps, double wantedBps, long nowNs) {
        double bps = Math.max(TRIES * targetBps, Math.min(beforeDropBps, TRIES_MAX * targetBps));
        plan(bps, wantedBps, nowNs);
    }

    /// A cluster showed so much.
    ///
    /// @param room whether the link might have carried more
    void result(double bps, boolean room, double wantedBps, long nowNs) {
        starting &= room;
        boolean further = starting && plannedNs == Deadlines.NEVER && bps > WORTH_FURTHER * cluster.bps();
        if (further && bps < wantedBps) {
            plan(FURTHER * bps, wantedBps, nowNs);
        }
    }

    /// The queue grows: nothing more is tried at the start.
    void overused() {
        starting = false;
        plannedNs = Deadlines.NEVER;
        plannedNextBps = 0;
    }

    private void plan(double bps, double wantedBps, long nowNs) {
        plannedBps = Math.min(bps, capped(wantedBps));
        plannedNs = nowNs;
        lastNs = nowNs;
    }

    private double capped(double wantedBps) {
        return Math.min(maxBps, OF_WANTED_MAX * wantedBps);
    }

    private void startPlanned(long nowNs) {
        cluster.begin(++lastId, plannedBps, nowNs);
        plannedNs = Deadlines.NEVER;
        if (plannedNextBps > plannedBps) {
            plannedBps = plannedNextBps;
            plannedNs = nowNs + ProbeCluster.DURATION_NS + GAP_NS;
        }
        plannedNextBps = 0;
        lastNs = nowNs;
    }
}
