package dev.parley.sfu.session;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;

/// A packet that waits until the budget allows it, and what is needed to let it go then. Plain state, used again and
/// again by its queue.
final class Waiting {
    /// As the index of a datagram that is encrypted already.
    static final long SEALED = -1;

    Packet packet;
    SentKind kind = SentKind.VIDEO;
    long index;
    int headerLength;
    int transportCcAt;
    int absSendTimeAt;
    /// Of the datagram that it becomes.
    int bytes;

    long sinceNs;

    Waiting(Packet packet) {
        this.packet = packet;
    }

    void written(RtpHeaderWriter header) {
        headerLength = header.length();
        transportCcAt = header.transportCcAt();
        absSendTimeAt = header.absSendTimeAt();
    }

    int ssrc() {
        return Rtp.ssrc(packet);
    }

    int timestamp() {
        return Rtp.timestamp(packet);
    }

    /// Only its number leaves, so that nobody waits for it.
    void empty() {
        bytes -= packet.length() - headerLength;
        packet.length(headerLength);
        Rtp.marker(packet, false);
    }
}
