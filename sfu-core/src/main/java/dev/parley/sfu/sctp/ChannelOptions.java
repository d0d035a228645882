package dev.parley.sfu.sctp;

/// What both ends of a data channel agree on when it is opened.
///
/// @param priority 128 below normal, 256 normal, 512 high, 1024 extra high (RFC 8831 §6.4)
public record ChannelOptions(String label, String protocol, Reliability reliability, int priority) {
    public static final int NORMAL_PRIORITY = 256;

    /// Reliable and in order.
    public static ChannelOptions of(String label) {
        return new ChannelOptions(label, "", Reliability.reliable(true), NORMAL_PRIORITY);
    }

    public ChannelOptions with(Reliability other) {
        return new ChannelOptions(label, protocol, other, priority);
    }

    public ChannelOptions withPriority(int other) {
        return new ChannelOptions(label, protocol, reliability, other);
    }
}
