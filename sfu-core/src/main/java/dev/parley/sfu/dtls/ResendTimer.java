package dev.parley.sfu.dtls;

/// How long to wait for an answer before a flight goes out again: 1.2 round trips, within bounds. Without a measured
/// round trip it starts short and doubles, because guessing too long costs a joining person more than a few datagrams.
final class ResendTimer {
    private static final long MIN_NS = 100_000_000L;
    private static final long MAX_NS = 1_000_000_000L;

    /// A peer on the same machine repeats after 50 ms; sooner than this nothing is answered twice.
    private static final long REPEAT_MIN_NS = 20_000_000L;

    private long roundTripNs = -1;

    void roundTripNs(long ns) {
        roundTripNs = ns;
    }

    /// @param sends how often the flight went out so far
    long timeoutNs(int sends) {
        if (roundTripNs < 0) {
            return Math.min(MAX_NS, MIN_NS << Math.min(sends - 1, 4));
        }
        return Math.clamp(roundTripNs * 6 / 5, MIN_NS, MAX_NS);
    }

    /// An answer to what we sent cannot be back sooner (three quarters of a round trip, as it is never steady).
    long answerNs() {
        return Math.max(REPEAT_MIN_NS, Math.min(MAX_NS, roundTripNs * 3 / 4));
    }
}
