package dev.parley.signaling.socket;

/// A bucket of permits for one socket. On the connection's loop.
final class RateLimit {
    /// Messages a second for ever; a page sends one a second at most, a test ten.
    private static final double PER_SECOND = 50;
    /// At once: a page that resumes after a sleep.
    private static final double BURST = 200;
    /// Refused ones after which the sender is not served any more.
    private static final int REFUSED_MAX = 1_000;

    private double permits = BURST;
    private long lastNs;
    private int refused;

    RateLimit(long nowNs) {
        this.lastNs = nowNs;
    }

    boolean take(long nowNs) {
        permits = Math.min(BURST, permits + (nowNs - lastNs) / 1e9 * PER_SECOND);
        lastNs = nowNs;
        if (permits < 1) {
            refused++;
            return false;
        }
        permits--;
        return true;
    }

    boolean hopeless() {
        return refused > REFUSED_MAX;
    }
}
