package dev.parley.sfu.sctp;

/// What became of a message that was to be sent.
public enum SendResult {
    /// It will be delivered, or given up as agreed.
    QUEUED,
    /// The buffer is full: nothing was taken.
    FULL,
    /// Longer than the peer takes.
    TOO_LONG,
    /// Nobody to send it to.
    CLOSED
}
