package dev.parley.sfu.bwe;

/// Bandwidth by loss, where the delay says nothing: shallow queues, and links that lose packets without being full. Two
/// unknowns explain what was lost, the bandwidth and the share that is lost anyway; of a few candidates for the
/// bandwidth, each with the inherent loss that fits it best, the likeliest wins. After libwebrtc's second loss-based
/// estimator. One loop's thread; allocates nothing.
final class LossEstimator {
    enum State {
        /// The delays decide.
        DELAY_BASED,
        INCREASING,
        DECREASING
    }

    private static final double UNKNOWN = -1;
    private static final double RATE_MIN_BPS = 5000;
    private static final double BIAS_SMOOTHING = 0.002;
    private static final double HIGH_LOSS_CAP_BPS = 500_000;
    private static final double HIGH_LOSS_SLOPE_BPS = 1_000_000;
    /// After an over- or underuse no candidate goes up for so many reports, where the trend is integrated.
    private static final int TREND_REPORTS = 20;

    private static final long NEVER = Long.MIN_VALUE;
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final LossSettings settings;
    private final LossObservations observations;
    private double minBps = 1000;
    private double maxBps = UNLIMITED;
    private double bandwidthBps = UNKNOWN;
    private double inherentLoss;
    private double delayBasedBps = UNLIMITED;
    private double capacityBps = UNLIMITED;
    private double acknowledgedBps = UNKNOWN;
    private double probeBps = UNKNOWN;
    private double upperBoundBps = UNLIMITED;
    private State state = State.DELAY_BASED;
    private int calmReports = TREND_REPORTS;
    private long limitedSinceNs = NEVER;
    private double windowLimitBps = UNLIMITED;

    private boolean queueEmpty;

    private double bestBps;
    private double bestInherentLoss;
    private double bestLikelihood;

    LossEstimator(LossSettings settings) {
        this.settings = settings;
        observations = new LossObservations(settings);
        inherentLoss = settings.inherentFirst;
    }

    LossObservations observations() {
        return observations;
    }

    State state() {
        return state;
    }

    boolean ready() {
        return bandwidthBps >= 0 && observations.any();
    }

    /// Infinite as long as neither loss nor delay limits it.
    double bps() {
        return ready() ? Math.min(Math.min(bandwidthBps, upperBoundBps), delayBasedBps) : delayBasedBps;
    }

    void limits(double min, double max) {
        minBps = min;
        maxBps = max;
        upperBoundBps = Math.min(upperBoundBps, max);
    }

    void set(double bps) {
        bandwidthBps = bps;
    }

    /// Whether packets wait nowhere.
    void queueEmpty(boolean empty) {
        queueEmpty = empty;
    }

    void acknowledged(double bps) {
        acknowledgedBps = bps;
    }

    /// Ends a report.
    ///
    /// @param delayBased infinite when the delays limit nothing
    /// @param probe what a probe measured, negative for none
    /// @param capacity of the link, infinite while unknown
    void update(double delayBased, NetworkUse use, double probe, double capacity) {
        delayBasedBps = delayBased;
        capacityBps = capacity;
        if (probe >= 0 && (probeBps < 0 || probe < probeBps)) {
            probeBps = probe;
        }
        if (!observations.reported()) {
            return;
        }
        calmReports = use == NetworkUse.NORMAL ? calmReports + 1 : 0;
        if (!observations.close(settings.trendIntegrated && use == NetworkUse.OVERUSED)) {
            return;
        }
        upperBoundBps = upperBound();
        if (bandwidthBps >= 0) {
            chooseBest();
            restrainBest();
            takeBest();
        }
    }

    private void chooseBest() {
        bestLikelihood = -UNLIMITED;
        bestBps = bandwidthBps;
        bestInherentLoss = inherentLoss;
        double upper = candidateMax();
        boolean mayRaise = !settings.trendIntegrated || calmReports >= TREND_REPORTS;
        if (mayRaise) {
            candidate(settings.raise * bandwidthBps, upper);
        }
        candidate(settings.keep * bandwidthBps, upper);
        candidate(settings.lower * bandwidthBps, upper);
        if (settings.acknowledgedCandidate) {
            candidate(acknowledgedBps, upper);
        }
        if (settings.delayCandidate && mayRaise && delayBasedBps < UNLIMITED && delayBasedBps > bandwidthBps) {
            candidate(delayBasedBps, upper);
        }
    }

    private void candidate(double bps, double upper) {
        if (bps <= 0) {
            return;
        }
        double bandwidth = Math.min(bps, settings.trendIntegrated ? upper : Math.max(bandwidthBps, upper));
        double loss = feasible(inherentLoss, bandwidth);
        for (int i = 0; i < settings.newtonSteps; i++) {
            loss = feasible(loss - settings.newtonStep * observations.newtonRatio(loss, bandwidth), bandwidth);
        }
        double likelihood = observations.likelihood(loss, bandwidth, bias(bandwidth));
        if (likelihood > bestLikelihood) {
            bestLikelihood = likelihood;
            bestBps = bandwidth;
            bestInherentLoss = loss;
        }
    }

    private double candidateMax() {
        double max = lossLimited() ? Math.min(maxBps, windowLimitBps) : maxBps;
        return settings.trendIntegrated ? Math.min(max, Math.min(upperBoundBps, delayBasedBps)) : max;
    }

    /// Less only where a queue may have overflowed, and more only as far as what was measured supports it.
    private void restrainBest() {
        if (queueEmpty && observations.averageLoss() < settings.toleratedWithoutQueue) {
            bestBps = Math.max(bestBps, bandwidthBps);
        }
        if (observations.averageLoss() > Math.max(settings.increasesUpToLoss, bestInherentLoss)) {
            bestBps = Math.min(bestBps, bandwidthBps);
        }
        if (!lossLimited()) {
            return;
        }
        if (inIncreaseWindow()) {
            bestBps = Math.min(bestBps, windowLimitBps);
        }
        if (increasing() && probeBps < 0 && acknowledgedBps >= 0) {
            bestBps = Math.min(bestBps, settings.rampUpFactor * acknowledgedBps);
        }
        if (settings.trustsProbes && probeBps >= 0) {
            bestBps = Math.min(bestBps, probeBps);
            probeBps = UNKNOWN;
        }
    }

    private void takeBest() {
        if (increasing() && bestBps < delayBasedBps) {
            state = State.INCREASING;
        } else {
            state = bestBps < delayBasedBps ? State.DECREASING : State.DELAY_BASED;
        }
        bandwidthBps = bestBps;
        inherentLoss = bestInherentLoss;
        if (lossLimited() && !inIncreaseWindowOrAtItsEnd()) {
            windowLimitBps = Math.max(RATE_MIN_BPS, bandwidthBps * settings.increaseMax);
            limitedSinceNs = observations.observedUpToNs();
        }
    }

    private boolean increasing() {
        return lossLimited() && (bandwidthBps < bestBps || (bandwidthBps == bestBps && state == State.INCREASING));
    }

    private boolean inIncreaseWindow() {
        return limitedSinceNs != NEVER && observations.observedUpToNs() - limitedSinceNs < settings.increaseApartNs;
    }

    private boolean inIncreaseWindowOrAtItsEnd() {
        return limitedSinceNs != NEVER && observations.observedUpToNs() - limitedSinceNs <= settings.increaseApartNs;
    }

    private boolean lossLimited() {
        return state != State.DELAY_BASED;
    }

    private double feasible(double loss, double bandwidth) {
        double max = bandwidth == 0 ? 1 : settings.inherentMaxOffset + settings.inherentMaxBps / bandwidth;
        return Math.min(Math.max(loss, settings.inherentMin), Math.min(max, 1));
    }

    private double bias(double bandwidth) {
        double below = settings.biasUpToLoss - observations.averageLoss();
        double share = below / (BIAS_SMOOTHING + Math.abs(below));
        double kbps = bandwidth / 1000;
        return share * (settings.bias * kbps + settings.logarithmicBias * Math.log(1 + kbps));
    }

    private double upperBound() {
        double loss = observations.averageLoss();
        double bound = maxBps;
        if (loss > settings.upperBoundLossOffset) {
            bound = settings.upperBoundBps / (loss - settings.upperBoundLossOffset);
        }
        if (loss > settings.highLoss) {
            bound = Math.min(bound, Math.max(minBps, HIGH_LOSS_CAP_BPS - HIGH_LOSS_SLOPE_BPS * loss));
        }
        return lossLimited() && settings.boundByCapacity ? Math.min(bound, capacityBps) : bound;
    }
}
