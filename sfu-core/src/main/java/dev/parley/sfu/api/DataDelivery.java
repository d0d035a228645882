package dev.parley.sfu.api;

/// How messages of a data channel are delivered.
///
/// @param retransmits how often a message is sent again at most; `NO_LIMIT` without a limit
/// @param lifetimeMs how long it is tried at most; `NO_LIMIT` without a limit
public record DataDelivery(boolean ordered, int retransmits, int lifetimeMs) {
    public static final int NO_LIMIT = -1;

    public static DataDelivery reliable() {
        return new DataDelivery(true, NO_LIMIT, NO_LIMIT);
    }

    /// Sent once, and whatever arrives arrives.
    public static DataDelivery lossy() {
        return new DataDelivery(false, 0, NO_LIMIT);
    }

    /// Whether a message may be lost.
    public boolean mayLose() {
        return retransmits != NO_LIMIT || lifetimeMs != NO_LIMIT;
    }
}
