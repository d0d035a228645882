package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Limits;

/// What one end of an association offers. Both ends of a test may differ.
///
/// @param port of this end, as `a=sctp-port` says
/// @param peerPort of the other end, as its description says
/// @param packetBytes of the largest packet, so that with DTLS and UDP around it no network divides it; multiple of 4
/// @param interleaving offer I-DATA, so that long messages do not hold up short ones of other streams
/// @param zeroChecksum take, and send where the peer takes them, packets without a checksum: DTLS authenticates them
/// @param messageBytesMax of the largest message that is taken, as `a=max-message-size` says
/// @param peerMessageBytesMax of the largest message that the peer takes, as its description says
public record SctpSettings(
        Limits limits,
        int port,
        int peerPort,
        int packetBytes,
        boolean interleaving,
        boolean zeroChecksum,
        int messageBytesMax,
        int peerMessageBytesMax) {
    /// What everybody uses.
    public static final int PORT = 5000;

    /// Of a DTLS record with AES-GCM, and of a TURN channel that the peer may use.
    private static final int CARRIER_BYTES = 13 + 8 + 16 + 4;

    public static SctpSettings of(Limits limits) {
        int packetBytes = (limits.datagramBytes() - CARRIER_BYTES) & ~3;
        return new SctpSettings(
                limits, PORT, PORT, packetBytes, true, true, limits.sctpMessageBytes(), limits.sctpMessageBytes());
    }

    public SctpSettings withInterleaving(boolean offered) {
        return new SctpSettings(
                limits, port, peerPort, packetBytes, offered, zeroChecksum, messageBytesMax, peerMessageBytesMax);
    }

    public SctpSettings withZeroChecksum(boolean offered) {
        return new SctpSettings(
                limits, port, peerPort, packetBytes, interleaving, offered, messageBytesMax, peerMessageBytesMax);
    }

    public SctpSettings withPeerPort(int other) {
        return new SctpSettings(
                limits, port, other, packetBytes, interleaving, zeroChecksum, messageBytesMax, peerMessageBytesMax);
    }

    /// @param bytes what the peer announced; 0 means that it takes any length, RFC 8841 §6.1
    public SctpSettings withPeerMessageBytesMax(long bytes) {
        int most = bytes == 0 ? Integer.MAX_VALUE : (int) Math.min(bytes, Integer.MAX_VALUE);
        return new SctpSettings(limits, port, peerPort, packetBytes, interleaving, zeroChecksum, messageBytesMax, most);
    }
}
