package dev.parley.sfu.sctp;

import dev.parley.sfu.sctp.packet.Payload;

/// One data channel, from when it is wanted until both sides have closed it. One loop's thread.
public final class DataChannel {
    /// How far it is.
    public enum State {
        /// The peer has not said yes, or there is no association yet. What is sent waits.
        OPENING,
        OPEN,
        /// One side has closed it.
        CLOSING,
        CLOSED
    }

    private final DataChannels channels;
    private final int id;
    private final ChannelOptions options;
    State state = State.OPENING;

    /// We asked and have no answer: nothing may overtake the question, RFC 8832 §6.
    boolean asked;

    boolean outgoingReset;
    boolean incomingReset;

    DataChannel(DataChannels channels, int id, ChannelOptions options) {
        this.channels = channels;
        this.id = id;
        this.options = options;
    }

    /// The stream that it uses in both directions.
    public int id() {
        return id;
    }

    public String label() {
        return options.label();
    }

    public ChannelOptions options() {
        return options;
    }

    public State state() {
        return state;
    }

    /// Queues a message. The bytes must not change any more; others may get the same ones.
    public SendResult send(MessageKind kind, Payload payload, long nowNs) {
        return channels.send(this, kind, payload, nowNs);
    }

    /// Bytes that have not left yet.
    public long buffered() {
        return channels.buffered(this);
    }

    /// The listener is told when `buffered` falls to this.
    public void lowThreshold(long bytes) {
        channels.lowThreshold(this, bytes);
    }

    /// What waits is still sent.
    public void close(long nowNs) {
        channels.close(this, nowNs);
    }

    Reliability reliabilityNow() {
        return asked ? options.reliability().inOrder() : options.reliability();
    }

    @Override
    public String toString() {
        return "data channel " + id + " " + state;
    }
}
