package dev.parley.sfu.bwe;

/// What the bottleneck carried when it was full, and how far that varies: the memory of the rate control. One loop's
/// thread.
final class LinkCapacity {
    private static final double OVERUSE_WEIGHT = 0.05;
    private static final double PROBE_WEIGHT = 0.5;
    /// Of the variance in units of the estimate: 14 and 35 kbit/s at 500 kbit/s.
    private static final double DEVIATION_MIN = 0.4;

    private static final double DEVIATION_MAX = 2.5;

    private boolean known;
    private double estimateKbps;
    private double deviation = DEVIATION_MIN;

    boolean known() {
        return known;
    }

    double estimateBps() {
        return estimateKbps * 1000;
    }

    void onOveruse(double acknowledgedBps) {
        update(acknowledgedBps / 1000, OVERUSE_WEIGHT);
    }

    void onProbe(double measuredBps) {
        update(measuredBps / 1000, PROBE_WEIGHT);
    }

    void forget() {
        known = false;
    }

    /// Whether so much passes that the bottleneck must have become wider.
    boolean isExceededBy(double bps) {
        return known && bps > (estimateKbps + 3 * deviationKbps()) * 1000;
    }

    /// Whether so little passes while the queue grows that the bottleneck must have become narrower.
    boolean isMissedBy(double bps) {
        return known && bps < (estimateKbps - 3 * deviationKbps()) * 1000;
    }

    private void update(double sampleKbps, double weight) {
        estimateKbps = known ? (1 - weight) * estimateKbps + weight * sampleKbps : sampleKbps;
        known = true;
        double error = estimateKbps - sampleKbps;
        double variance = error * error / Math.max(estimateKbps, 1);
        deviation = Math.clamp((1 - weight) * deviation + weight * variance, DEVIATION_MIN, DEVIATION_MAX);
    }

    private double deviationKbps() {
        return Math.sqrt(deviation * estimateKbps);
    }
}
