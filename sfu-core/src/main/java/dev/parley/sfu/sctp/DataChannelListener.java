package dev.parley.sfu.sctp;

/// What [DataChannels] tell their owner, on its loop, when they are consistent: calling back into them is allowed. What
/// nobody needs to know who only sends and receives may be left out.
public interface DataChannelListener {
    /// The association is up.
    default void connected() {}

    /// Messages come and go; either side may have asked for the channel.
    default void opened(DataChannel channel) {}

    /// A whole message, whose bytes are the listener's. Text is UTF-8 if the peer keeps to the rules.
    void message(DataChannel channel, MessageKind kind, byte[] bytes);

    /// What waits has fallen to the channel's threshold.
    default void bufferedAmountLow(DataChannel channel) {}

    /// Nothing comes or goes on it any more.
    default void closed(DataChannel channel) {}

    /// The peer lives but has taken nothing, or too little, for long: `slow_consumer`. Told once; usually the answer is
    /// to abort.
    void peerStuck();

    /// The association is over; all channels were closed before.
    void ended(SctpEnd end);
}
