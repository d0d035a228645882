package dev.parley.sfu.sctp;

/// Why an association is over.
///
/// @param detail what the other side, or the protocol, had to say about it; for logs
public record SctpEnd(Reason reason, String detail) {
    /// In a word.
    public enum Reason {
        /// Both sides had nothing more to say.
        SHUTDOWN,
        /// The owner cut it.
        ABORTED,
        /// The peer cut it.
        PEER_ABORTED,
        /// The peer broke the protocol.
        VIOLATION,
        /// The peer wanted more memory than it gets.
        OUT_OF_RESOURCE,
        /// No answer to what began it.
        NO_ANSWER,
        /// No answer any more.
        PEER_GONE
    }
}
