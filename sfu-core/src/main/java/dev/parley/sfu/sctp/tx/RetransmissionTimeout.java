package dev.parley.sfu.sctp.tx;

/// How long an answer may take before it counts as lost, from the round trips seen,
/// [RFC 9260 §6.3.1](https://www.rfc-editor.org/rfc/rfc9260#section-6.3.1). One loop's thread.
public final class RetransmissionTimeout {
    private static final long FIRST_NS = 500_000_000;

    /// A delayed acknowledgement takes 200 ms, and as much again is left for the network to vary.
    private static final long LEAST_NS = 400_000_000;

    /// Longer waits only make the pause after an outage longer.
    public static final long MOST_NS = 3_000_000_000L;

    /// A clock of whole milliseconds on the other side varies by one.
    private static final long GRANULARITY_NS = 1_000_000;

    private long smoothedNs;
    private long variationNs;
    private long timeoutNs = FIRST_NS;

    public long timeoutNs() {
        return timeoutNs;
    }

    /// 0 before the first measurement.
    public long smoothedNs() {
        return smoothedNs;
    }

    public void observe(long roundTripNs) {
        if (smoothedNs == 0) {
            smoothedNs = Math.max(1, roundTripNs);
            variationNs = roundTripNs / 2;
        } else {
            variationNs += (Math.abs(smoothedNs - roundTripNs) - variationNs) / 4;
            smoothedNs = Math.max(1, smoothedNs + (roundTripNs - smoothedNs) / 8);
        }
        timeoutNs = Math.clamp(smoothedNs + Math.max(GRANULARITY_NS, 4 * variationNs), LEAST_NS, MOST_NS);
    }
}
