package dev.parley.signaling.socket;

import dev.parley.signaling.model.Permits;

/// What one socket may ask, and when it has asked in vain too often. On the connection's loop.
final class RateLimit {
    /// Messages a second for ever; a page sends one a second at most, a test ten.
    private static final double PER_SECOND = 50;
    /// At once: a page that resumes after a sleep.
    private static final double BURST = 200;
    /// Refused ones after which the sender is not served any more.
    private static final int REFUSED_MAX = 1_000;

    private final Permits permits;
    private int refused;

    RateLimit(long nowNs) {
        permits = new Permits(PER_SECOND, BURST, nowNs);
    }

    boolean take(long nowNs) {
        boolean taken = permits.take(nowNs);
        refused += taken ? 0 : 1;
        return taken;
    }

    boolean hopeless() {
        return refused > REFUSED_MAX;
    }
}
