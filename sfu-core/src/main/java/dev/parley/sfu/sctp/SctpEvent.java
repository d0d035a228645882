package dev.parley.sfu.sctp;

/// What an association tells its owner, who polls.
public sealed interface SctpEvent {
    /// Messages can be sent and come.
    ///
    /// @param outgoingStreams streams from 0 on that the peer takes
    record Established(int outgoingStreams) implements SctpEvent {}

    /// A whole message, whose bytes are the owner's.
    record Message(int stream, int ppid, byte[] bytes) implements SctpEvent {}

    /// The peer begins again on a stream: what it sent before has all come.
    record IncomingReset(int stream) implements SctpEvent {}

    /// Our wish to begin again on a stream was granted, or never will be.
    record OutgoingReset(int stream) implements SctpEvent {}

    /// What waits on a stream has fallen to its threshold.
    record BufferedAmountLow(int stream) implements SctpEvent {}

    /// The peer lives but takes nothing, or too little, for too long. Told once; what follows is the owner's choice.
    record PeerStuck() implements SctpEvent {}

    /// The peer began a new association in place of this one: nothing that was under way will arrive.
    record Restarted() implements SctpEvent {}

    /// Nothing more happens.
    record Ended(SctpEnd end) implements SctpEvent {}
}
