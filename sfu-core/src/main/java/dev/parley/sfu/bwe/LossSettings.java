package dev.parley.sfu.bwe;

/// The figures of the loss estimator: its defaults are what runs, tests set others before they begin. Not changed once
/// an estimator has it.
final class LossSettings {
    /// After a loss the estimate goes at most this far above what is acknowledged.
    double rampUpFactor = 1.2;

    /// Candidates, as factors of the estimate; 0 for none.
    double raise = 1.02;

    double keep = 1;
    double lower = 0.95;

    /// Whether what is acknowledged, and what the delays allow, are candidates too.
    boolean acknowledgedCandidate = true;

    boolean delayCandidate = true;

    /// How much a higher rate is worth in itself, by kbit/s and by its logarithm, as long as little is lost.
    double bias = 0.00005;

    double logarithmicBias = 0.02;
    double biasUpToLoss = 0.08;

    /// Loss that a link may have without being full: at least the first, at most the offset and a rate divided by the
    /// estimate.
    double inherentMin = 1e-3;

    double inherentMaxOffset = 0.05;
    double inherentMaxBps = 30_000;
    double inherentFirst = 0.01;

    int newtonSteps = 1;
    double newtonStep = 0.75;

    long observationNs = 250_000_000;
    int observations = 20;
    double sendRateSmoothing = 0;
    double weightFactor = 0.9;

    /// Above the offset of loss the estimate is at most this rate divided by the rest.
    double upperBoundBps = 75_000;

    double upperBoundLossOffset = 0.05;
    double upperBoundWeightFactor = 0.9;

    /// From this loss on the estimate is at most 500 kbit/s less 1 Mbit/s x loss.
    double highLoss = 1;

    double increaseMax = 1.3;
    long increaseApartNs = 300_000_000;

    /// While no queue stands less loss than this lowers nothing: it comes in bursts.
    double toleratedWithoutQueue = 0.08;

    boolean trendIntegrated;
    /// Above this and what the link loses anyway, loss keeps the estimate from going up.
    double increasesUpToLoss = 0.03;

    boolean trustsProbes = true;
    boolean boundByCapacity = true;
}
