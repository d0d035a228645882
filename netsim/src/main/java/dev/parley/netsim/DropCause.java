package dev.parley.netsim;

/// Why a link did not carry a packet.
public enum DropCause {
    /// Random loss.
    LOSS,
    /// The queue before the bottleneck was full.
    QUEUE_FULL,
    /// Nothing got through at that time.
    BLACKOUT,
    /// Longer than the path takes.
    TOO_LONG
}
