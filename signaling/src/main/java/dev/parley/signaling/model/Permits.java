package dev.parley.signaling.model;

/// A bucket of permits that fills at a steady pace: so many at once, so many a second for ever. Used by one thread at a
/// time.
public final class Permits {
    private final double perSecond;
    private final double burst;
    private double left;
    private long lastNs;

    public Permits(double perSecond, double burst, long nowNs) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.lastNs = nowNs;
    }

    /// False when there is none: nothing was taken.
    public boolean take(long nowNs) {
        left = Math.min(burst, left + (nowNs - lastNs) / 1e9 * perSecond);
        lastNs = nowNs;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
