package dev.parley.sfu.api;

/// What became of a message.
///
/// @param bufferedBytes of its channel that have not left yet
public record DataSent(Result result, long bufferedBytes) {
    /// In a word.
    public enum Result {
        /// It will be delivered, as its channel does that.
        QUEUED,
        /// Its channel may lose messages, and too much waits there already: this one was not taken.
        DROPPED,
        /// Nothing was taken; `SfuEvent.DataReady` says when to try again.
        FULL,
        /// Longer than this client takes.
        TOO_LONG,
        /// There is no such channel, or nobody at its other end.
        CLOSED
    }
}
