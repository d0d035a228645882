package dev.parley.sfu.bwe;

import java.util.Arrays;

/// Whether the delay of packets grows: a line fitted through the smoothed delays of the last groups, compared with a
/// threshold that adapts itself to how much the delay varies anyway. After draft-ietf-rmcat-gcc-02 §5.3 and §5.4, with
/// a
/// regression in place of the Kalman filter. One loop's thread.
///
///     delay |          . .      slope x samples x gain > threshold, for 10 ms or more: the queue grows
///           |      . .
///           |  . .
///           +------------- arrival
final class DelayTrend {
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int SAMPLES_MAX = 60;
    private static final double OVERUSE_MS = 10;
    private static final double THRESHOLD_FIRST = 12.5;
    private static final double THRESHOLD_MIN = 6;
    private static final double THRESHOLD_MAX = 600;
    private static final double RISE = 0.0087;
    private static final double FALL = 0.039;
    /// A spike beyond this is a change of the path, not its usual variation.
    private static final double ADAPTS_WITHIN = 15;

    private static final double ADAPT_MS_MAX = 100;

    private final double[] arrivalsMs = new double[WINDOW];
    private final double[] delaysMs = new double[WINDOW];
    private int samples;
    private double firstArrivalMs;
    private double accumulatedMs;
    private double smoothedMs;
    private double slope;
    private double threshold;
    private double adaptedMs;
    /// For so long the trend has been above the threshold; negative when it is not.
    private double overusedMs;

    private int overuses;
    private NetworkUse use = NetworkUse.NORMAL;

    DelayTrend() {
        reset();
    }

    void reset() {
        Arrays.fill(arrivalsMs, 0);
        Arrays.fill(delaysMs, 0);
        samples = 0;
        accumulatedMs = 0;
        smoothedMs = 0;
        slope = 0;
        threshold = THRESHOLD_FIRST;
        notOverused(NetworkUse.NORMAL);
    }

    NetworkUse use() {
        return use;
    }

    /// One group of packets against the one before.
    void add(double sendDeltaMs, double arrivalDeltaMs, double arrivalMs) {
        if (samples == 0) {
            firstArrivalMs = arrivalMs;
            adaptedMs = arrivalMs;
        }
        accumulatedMs += arrivalDeltaMs - sendDeltaMs;
        smoothedMs = SMOOTHING * smoothedMs + (1 - SMOOTHING) * accumulatedMs;
        arrivalsMs[samples % WINDOW] = arrivalMs - firstArrivalMs;
        delaysMs[samples % WINDOW] = smoothedMs;
        samples++;
        detect(samples < WINDOW ? slope : fittedSlope(), sendDeltaMs, arrivalMs);
    }

    /// Least squares; the slope is about (send rate - capacity) / capacity.
    private double fittedSlope() {
        double arrivalSum = 0;
        double delaySum = 0;
        for (int i = 0; i < WINDOW; i++) {
            arrivalSum += arrivalsMs[i];
            delaySum += delaysMs[i];
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = arrivalsMs[i] - arrivalSum / WINDOW;
            covariance += x * (delaysMs[i] - delaySum / WINDOW);
            variance += x * x;
        }
        return variance == 0 ? slope : covariance / variance;
    }

    private void detect(double newSlope, double sendDeltaMs, double arrivalMs) {
        if (samples < 2) {
            return;
        }
        double trend = Math.min(samples, SAMPLES_MAX) * newSlope * GAIN;
        if (trend > threshold) {
            overusedMs = overusedMs < 0 ? sendDeltaMs / 2 : overusedMs + sendDeltaMs;
            overuses++;
            if (overusedMs > OVERUSE_MS && overuses > 1 && newSlope >= slope) {
                overusedMs = 0;
                overuses = 0;
                use = NetworkUse.OVERUSED;
            }
        } else {
            notOverused(trend < -threshold ? NetworkUse.UNDERUSED : NetworkUse.NORMAL);
        }
        slope = newSlope;
        adapt(Math.abs(trend), arrivalMs);
    }

    private void notOverused(NetworkUse instead) {
        overusedMs = -1;
        overuses = 0;
        use = instead;
    }

    private void adapt(double trend, double arrivalMs) {
        if (trend <= threshold + ADAPTS_WITHIN) {
            double speed = trend < threshold ? FALL : RISE;
            threshold += speed * (trend - threshold) * Math.min(arrivalMs - adaptedMs, ADAPT_MS_MAX);
            threshold = Math.clamp(threshold, THRESHOLD_MIN, THRESHOLD_MAX);
        }
        adaptedMs = arrivalMs;
    }
}
