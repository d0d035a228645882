package dev.parley.sfu.bwe;

/// What was sent and lost in the last periods of a quarter of a second, and how likely that is on a link of given
/// properties. The older a period, the less it weighs. One loop's thread; allocates nothing after it was made.
final class LossObservations {
    private static final double PROBABILITY_MIN = 1e-6;
    private static final long NEVER = Long.MIN_VALUE;

    private final LossSettings settings;
    private final int[] packets;
    private final int[] lost;
    private final double[] sentBps;
    private final double[] weights;
    private final double[] upperBoundWeights;
    private int count;

    private int partialPackets;
    private int partialLost;
    private long partialBytes;
    private long firstSentNs = Long.MAX_VALUE;
    private long lastSentNs = NEVER;
    private long observedUpToNs = NEVER;

    LossObservations(LossSettings settings) {
        this.settings = settings;
        int window = settings.observations;
        packets = new int[window];
        lost = new int[window];
        sentBps = new double[window];
        weights = new double[window];
        upperBoundWeights = new double[window];
        for (int age = 0; age < window; age++) {
            weights[age] = Math.pow(settings.weightFactor, age);
            upperBoundWeights[age] = Math.pow(settings.upperBoundWeightFactor, age);
        }
    }

    /// A packet that a report speaks of for the first time.
    void add(long sentNs, int bytes, boolean isLost) {
        partialPackets++;
        partialBytes += bytes;
        partialLost += isLost ? 1 : 0;
        firstSentNs = Math.min(firstSentNs, sentNs);
        lastSentNs = Math.max(lastSentNs, sentNs);
    }

    /// A packet that was reported lost arrived after all.
    void recovered() {
        partialLost = Math.max(0, partialLost - 1);
    }

    /// Whether a report came since the last call of `close`.
    boolean reported() {
        return lastSentNs != NEVER;
    }

    boolean any() {
        return count > 0;
    }

    /// When the last packet of the newest period was sent.
    long observedUpToNs() {
        return observedUpToNs;
    }

    /// Ends the report, and the period when it is long enough.
    ///
    /// @param evenShort also a short period counts
    /// @return true when there is a further period
    boolean close(boolean evenShort) {
        if (observedUpToNs == NEVER) {
            observedUpToNs = firstSentNs;
        }
        long endNs = lastSentNs;
        long durationNs = endNs - observedUpToNs;
        firstSentNs = Long.MAX_VALUE;
        lastSentNs = NEVER;
        if (durationNs <= 0 || (durationNs < settings.observationNs && !evenShort)) {
            return false;
        }
        observedUpToNs = endNs;
        int slot = count % packets.length;
        double bps = partialBytes * 8e9 / durationNs;
        double smoothing = count == 0 ? 0 : settings.sendRateSmoothing;
        double formerBps = count == 0 ? 0 : sentBps[(count - 1) % packets.length];
        sentBps[slot] = smoothing * formerBps + (1 - smoothing) * bps;
        packets[slot] = partialPackets;
        lost[slot] = partialLost;
        count++;
        partialPackets = 0;
        partialLost = 0;
        partialBytes = 0;
        return true;
    }

    /// Share of lost packets, weighed by age.
    double averageLoss() {
        double sum = 0;
        double lostSum = 0;
        for (int age = 0; age < filled(); age++) {
            int slot = slot(age);
            sum += upperBoundWeights[age] * packets[slot];
            lostSum += upperBoundWeights[age] * lost[slot];
        }
        return sum == 0 ? 0 : lostSum / sum;
    }

    /// Newton's step toward the inherent loss that explains the periods best: first by second derivative of the
    /// likelihood.
    double newtonRatio(double inherentLoss, double bandwidthBps) {
        double first = 0;
        double second = 0;
        for (int age = 0; age < filled(); age++) {
            int slot = slot(age);
            double p = lossProbability(inherentLoss, bandwidthBps, sentBps[slot]);
            double q = 1 - p;
            int received = packets[slot] - lost[slot];
            first += weights[age] * (lost[slot] / p - received / q);
            second -= weights[age] * (lost[slot] / (p * p) + received / (q * q));
        }
        return second < 0 ? first / second : 0;
    }

    /// Logarithm of the likelihood of what was observed, and `bias` for each packet.
    double likelihood(double inherentLoss, double bandwidthBps, double bias) {
        double sum = 0;
        for (int age = 0; age < filled(); age++) {
            int slot = slot(age);
            double p = lossProbability(inherentLoss, bandwidthBps, sentBps[slot]);
            int received = packets[slot] - lost[slot];
            sum += weights[age] * (lost[slot] * Math.log(p) + received * Math.log(1 - p) + bias * packets[slot]);
        }
        return sum;
    }

    /// What is sent beyond the bandwidth is lost, of the rest the inherent share.
    private static double lossProbability(double inherentLoss, double bandwidthBps, double sentBps) {
        double overflow = sentBps > bandwidthBps ? (sentBps - bandwidthBps) / sentBps : 0;
        return Math.clamp(inherentLoss + (1 - inherentLoss) * overflow, PROBABILITY_MIN, 1 - PROBABILITY_MIN);
    }

    private int filled() {
        return Math.min(count, packets.length);
    }

    private int slot(int age) {
        return (count - 1 - age) % packets.length;
    }
}
