package dev.parley.sfu.bwe;

/// Additive increase, multiplicative decrease, draft-ietf-rmcat-gcc-02 §5.5, with a memory of what the link carried:
/// back to it quickly, beyond it slowly, and without limits but the acknowledged rate where nothing is known. One
/// loop's
/// thread.
///
///     rate |    /|     /|__ /     overused: 0.85 of what arrives, or less while a long queue has to empty;
///          |   / |  __/     |     then held until the queue is short;
///          |  /  |_/        |     then up
final class RateControl {
    private static final double BACK_OFF = 0.85;
    private static final double BACK_OFF_MOST = 0.5;
    /// A queue up to this length empties soon enough with the usual back-off.
    private static final long SHORT_QUEUE_NS = 50_000_000;

    /// A longer queue is to be gone after about this time.
    private static final double DRAIN_NS = 1e9;

    private static final double GROWTH_PER_SECOND = 1.08;
    /// Where a probe went through as it was sent.
    private static final double GROWTH_WITH_ROOM = 1.2;

    /// Back to what the link carried.
    private static final double GROWTH_BACK = 2;

    /// So near to what the link carried it goes up additively.
    private static final double NEAR_CAPACITY = 0.95;

    private static final double LIMIT_FACTOR = 1.5;
    private static final double LIMIT_SLACK_BPS = 10_000;
    private static final double STEP_BPS_MIN = 1000;
    private static final double ADDITIVE_BPS_MIN = 4000;
    /// Faster than that by so much: competing flows come to equal shares by what they add.
    private static final double ADDITIVE_SPEED = 3;

    /// With a longer queue than this nothing is added, with a shorter one in proportion.
    private static final long GROWS_BELOW_NS = 20_000_000;

    private static final int PACKET_BYTES = 1200;
    private static final double FRAMES_PER_SECOND = 30;
    private static final double DETECTION_S = 0.1;
    private static final long SECOND_NS = 1_000_000_000;
    private static final long DECREASE_APART_MIN_NS = 10_000_000;
    private static final long DECREASE_APART_MAX_NS = 200_000_000;
    private static final long RECOVERY_DEFAULT_NS = 3 * SECOND_NS;
    private static final long RECOVERY_MIN_NS = 2 * SECOND_NS;
    private static final long RECOVERY_MAX_NS = 50 * SECOND_NS;
    private static final long NEVER = Long.MIN_VALUE;

    private final LinkCapacity capacity = new LinkCapacity();
    private final double minBps;
    private final double maxBps;
    private double rateBps;
    private double acknowledgedBps;
    private double lastDecreaseBps = -1;
    private boolean increases;
    private boolean hasRoom = true;
    private boolean applicationLimited;
    private long changedNs = NEVER;
    private long roundTripNs = DECREASE_APART_MAX_NS;

    RateControl(double startBps, double minBps, double maxBps) {
        this.minBps = minBps;
        this.maxBps = maxBps;
        rateBps = startBps;
        acknowledgedBps = startBps;
    }

    double rateBps() {
        return rateBps;
    }

    LinkCapacity capacity() {
        return capacity;
    }

    void roundTrip(long roundTripNs) {
        this.roundTripNs = roundTripNs;
    }

    /// What is sent is far below the rate, so that what arrives says nothing about more.
    void applicationLimited(boolean limited) {
        applicationLimited = limited;
    }

    /// Measured by other means, such as a probe.
    void set(double bps, long nowNs) {
        rateBps = Math.clamp(bps, minBps, maxBps);
        changedNs = nowNs;
    }

    /// A probe showed more than was known, or the end of the link.
    void hasRoom(boolean room) {
        hasRoom = room;
    }

    /// A report on packets that arrived.
    ///
    /// @param arrivingBps negative while unknown
    void update(NetworkUse use, double arrivingBps, long queueNs, long nowNs) {
        if (arrivingBps >= 0) {
            acknowledgedBps = arrivingBps;
        }
        switch (use) {
            case OVERUSED -> decrease(arrivingBps, queueNs, nowNs);
            case UNDERUSED -> increases = false;
            case NORMAL -> increase(queueNs, nowNs);
        }
    }

    /// By how much it goes up in a second near to what the link carries: one packet in about two response times.
    double additiveBpsPerSecond() {
        double frameBytes = rateBps / FRAMES_PER_SECOND / 8;
        double packetBytes = frameBytes / Math.ceil(frameBytes / PACKET_BYTES);
        double responseS = 2 * ((double) roundTripNs / SECOND_NS + DETECTION_S);
        return Math.max(ADDITIVE_BPS_MIN, packetBytes * 8 / responseS);
    }

    /// How long going up additively takes to make up for the last decrease.
    long recoveryNs() {
        if (lastDecreaseBps < 0) {
            return RECOVERY_DEFAULT_NS;
        }
        return Math.clamp(
                Math.round(lastDecreaseBps / additiveBpsPerSecond() * SECOND_NS), RECOVERY_MIN_NS, RECOVERY_MAX_NS);
    }

    /// Whether the last change has had time to show an effect.
    boolean mayDecrease(double arrivingBps, long nowNs) {
        long apartNs = Math.clamp(roundTripNs, DECREASE_APART_MIN_NS, DECREASE_APART_MAX_NS);
        return changedNs == NEVER
                || nowNs - changedNs >= apartNs
                || increases
                || (arrivingBps >= 0 && arrivingBps < rateBps / 2);
    }

    private void decrease(double arrivingBps, long queueNs, long nowNs) {
        double before = rateBps;
        double lowered = arrivingBps < 0 ? before / 2 : backOff(queueNs) * arrivingBps;
        if (lowered > before && capacity.known()) {
            lowered = backOff(queueNs) * capacity.estimateBps();
        }
        if (lowered < before) {
            set(lowered, nowNs);
        }
        if (acknowledgedBps < before) {
            lastDecreaseBps = before - rateBps;
        }
        if (arrivingBps >= 0) {
            if (capacity.isMissedBy(arrivingBps)) {
                capacity.forget();
            }
            capacity.onOveruse(arrivingBps);
        }
        increases = false;
        hasRoom = false;
        changedNs = nowNs;
    }

    private static double backOff(long queueNs) {
        double drain = Math.max(0, queueNs - SHORT_QUEUE_NS) / DRAIN_NS;
        return Math.max(BACK_OFF_MOST, BACK_OFF - drain);
    }

    private void increase(long queueNs, long nowNs) {
        if (!increases) {
            increases = true;
            changedNs = nowNs;
        }
        if (capacity.isExceededBy(acknowledgedBps)) {
            capacity.forget();
        }
        double limit = applicationLimited ? rateBps : LIMIT_FACTOR * acknowledgedBps + LIMIT_SLACK_BPS;
        double empty = Math.max(0, 1 - (double) queueNs / GROWS_BELOW_NS);
        double seconds = empty * Math.min(1, (double) (nowNs - changedNs) / SECOND_NS);
        if (rateBps < limit && empty > 0) {
            rateBps = Math.clamp(Math.min(limit, rateBps + step(seconds)), minBps, maxBps);
        }
        changedNs = nowNs;
    }

    private double step(double seconds) {
        if (capacity.known() && rateBps >= NEAR_CAPACITY * capacity.estimateBps()) {
            return ADDITIVE_SPEED * additiveBpsPerSecond() * seconds;
        }
        double growth = capacity.known() ? GROWTH_BACK : hasRoom ? GROWTH_WITH_ROOM : GROWTH_PER_SECOND;
        double step = Math.max(rateBps * (Math.pow(growth, seconds) - 1), STEP_BPS_MIN * seconds);
        return capacity.known() ? Math.min(step, NEAR_CAPACITY * capacity.estimateBps() - rateBps) : step;
    }
}
