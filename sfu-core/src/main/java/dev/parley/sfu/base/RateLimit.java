package dev.parley.sfu.base;

/// So many a second, and as many at once after a quiet second. One loop's thread.
public final class RateLimit {
    private static final long SECOND_NS = 1_000_000_000;

    private final int perSecond;
    private long spentUntilNs = Long.MIN_VALUE;

    public RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    public boolean allows(long nowNs) {
        long from = Math.max(spentUntilNs, nowNs - SECOND_NS);
        if (from + SECOND_NS / perSecond > nowNs) {
            return false;
        }
        spentUntilNs = from + SECOND_NS / perSecond;
        return true;
    }
}
