package dev.parley.sfu.bwe;

/// Whether the sender has much less to send than it may: then what arrives says little about the link. A budget of half
/// a second fills with two thirds of the estimate and is spent by what is sent. One loop's thread.
final class ApplicationLimit {
    private static final double USED_SHARE = 0.65;
    private static final double BEGINS_ABOVE = 0.8;
    private static final double ENDS_BELOW = 0.5;
    private static final double BUDGET_S = 0.5;
    private static final long NEVER = Long.MIN_VALUE;

    private double bytesPerSecond;
    private double budgetBytes;
    private long lastNs = NEVER;
    private boolean limited;

    boolean limited() {
        return limited;
    }

    void rate(double bps) {
        bytesPerSecond = bps * USED_SHARE / 8;
        budgetBytes = Math.clamp(budgetBytes, -maxBytes(), maxBytes());
    }

    void sent(int bytes, long nowNs) {
        if (lastNs != NEVER) {
            budgetBytes = Math.max(budgetBytes - bytes, -maxBytes());
            budgetBytes = Math.min(budgetBytes + bytesPerSecond * (nowNs - lastNs) / 1e9, maxBytes());
            decide();
        }
        lastNs = nowNs;
    }

    private void decide() {
        double filled = maxBytes() == 0 ? 0 : budgetBytes / maxBytes();
        if (filled > BEGINS_ABOVE) {
            limited = true;
        } else if (filled < ENDS_BELOW) {
            limited = false;
        }
    }

    private double maxBytes() {
        return bytesPerSecond * BUDGET_S;
    }
}
