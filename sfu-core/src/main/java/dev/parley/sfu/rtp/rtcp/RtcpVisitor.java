package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// What an RTCP datagram says, item by item, called by `RtcpReader`. Numbers are as on the wire; SSRCs are the
/// sender's claims and need to be checked by whoever knows the session.
public interface RtcpVisitor {
    /// @param packets,octets unsigned 32 bits
    default void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {}

    /// @param fractionLost in 1/256
    /// @param cumulativeLost signed; duplicates make it fall
    /// @param highestSeq extended: cycles in the upper half
    /// @param lsr,dlsr middle NTP bits of our last sender report and how long ago it came, in 1/65536 s
    default void reportBlock(
            int senderSsrc,
            int mediaSsrc,
            int fractionLost,
            int cumulativeLost,
            int highestSeq,
            int jitter,
            int lsr,
            int dlsr) {}

    /// Generic NACK: `pid` and each `pid + 1 + i` where bit i of `blp` is set, RFC 4585 §6.2.1.
    default void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {}

    default void pli(int mediaSsrc) {}

    default void fir(int mediaSsrc, int seqNr) {}

    /// @param ssrcsAt index in `packet` of `ssrcCount` SSRCs of four bytes
    default void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {}

    /// Transport-wide feedback, its contents not yet read: see `TransportFeedback.read`.
    ///
    /// @param at index in `packet` of the base sequence number
    default void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {}

    default void bye(int ssrc) {}

    /// Extended report: a receiver's own clock, RFC 3611 §4.4.
    default void receiverReferenceTime(int senderSsrc, long ntp) {}

    /// Extended report: the answer to a reference time, RFC 3611 §4.5.
    default void receiverReferenceDelay(int senderSsrc, int ssrc, int lastRr, int delaySinceLastRr) {}
}
