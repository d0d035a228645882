package dev.parley.sfu.bwe;

/// The rate at which packets arrive, by the receiver's own clock: samples of 150 ms, each believed the less the further
/// it is from what was known. One loop's thread.
final class AcknowledgedRate {
    static final double UNKNOWN = -1;

    private static final long FIRST_WINDOW_NS = 500_000_000;
    private static final long WINDOW_NS = 150_000_000;
    private static final double UNCERTAINTY = 10;
    private static final double VARIANCE_FIRST = 50;
    private static final double VARIANCE_GROWTH = 5;
    private static final double VARIANCE_OF_CHANGE = 200;
    private static final long NEVER = Long.MIN_VALUE;

    private double estimateKbps = UNKNOWN;
    private double variance = VARIANCE_FIRST;
    private long lastNs = NEVER;
    private long windowNs;
    private long windowBytes;
    private double sampleKbps = UNKNOWN;
    private double formerSampleKbps = UNKNOWN;

    /// `UNKNOWN` in the first half second.
    double bps() {
        return estimateKbps < 0 ? UNKNOWN : estimateKbps * 1000;
    }

    /// The mean of the last two samples where they say less than the estimate: what passes a bottleneck that has just
    /// become narrower.
    double bpsWhenOverused() {
        if (formerSampleKbps < 0) {
            return bps();
        }
        return Math.min(estimateKbps, (sampleKbps + formerSampleKbps) / 2) * 1000;
    }

    void add(long arrivalNs, int bytes) {
        long window = estimateKbps < 0 ? FIRST_WINDOW_NS : WINDOW_NS;
        advance(arrivalNs, window);
        if (windowNs >= window) {
            sample(8e6 * windowBytes / window);
            windowNs -= window;
            windowBytes = 0;
        }
        windowBytes += bytes;
    }

    /// What is sent changes much from here on.
    void expectChange() {
        variance += VARIANCE_OF_CHANGE;
    }

    private void advance(long arrivalNs, long window) {
        long sinceNs = lastNs == NEVER ? 0 : arrivalNs - lastNs;
        if (sinceNs < -window) { // the clock went back
            windowNs = 0;
            windowBytes = 0;
        } else if (sinceNs > window) { // nothing came for longer than a window
            windowNs = (windowNs + sinceNs) % window;
            windowBytes = 0;
        } else if (sinceNs < 0) { // reordered
            return;
        } else {
            windowNs += sinceNs;
        }
        lastNs = arrivalNs;
    }

    private void sample(double kbps) {
        if (estimateKbps < 0) {
            estimateKbps = kbps;
            return;
        }
        formerSampleKbps = sampleKbps;
        sampleKbps = kbps;
        double uncertainty = estimateKbps == 0 ? 0 : UNCERTAINTY * Math.abs(estimateKbps - kbps) / estimateKbps;
        double sampleVariance = uncertainty * uncertainty;
        double predicted = variance + VARIANCE_GROWTH;
        estimateKbps = (sampleVariance * estimateKbps + predicted * kbps) / (sampleVariance + predicted);
        variance = sampleVariance * predicted / (sampleVariance + predicted);
    }
}
