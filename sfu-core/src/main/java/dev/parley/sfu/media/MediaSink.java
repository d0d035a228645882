package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.RtpHeaderWriter;

/// Where an OutgoingTrack puts what it made; the subscriber's session implements it, tests record it. Called on the
/// subscriber's loop.
public interface MediaSink {
    /// An empty packet to build a datagram in.
    Packet packet();

    /// Whether packets reach the subscriber now: keys exist, and it still consents.
    boolean open();

    /// Whether a picture's packets under this SSRC are taken now. Not while the line is too slow for it: the picture
    /// pauses, and comes back with a key frame.
    default boolean takes(int ssrc) {
        return true;
    }

    /// Encrypts and sends, now or as soon as the line has room. Takes over `out`, which holds the header and the
    /// first, rewritten bytes of the payload; the rest is read from `source` and not changed. `index` is the
    /// packet's number, never used before under its SSRC.
    ///
    /// @param header as it was written last: what is to be stamped into it when the packet leaves
    /// @return false when nothing is sent and the number was not used
    boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose);

    /// Sends a datagram once more, as it is. Takes over one reference.
    void sendAgain(Packet datagram);

    /// Bytes that encryption adds.
    int overheadBytes();

    /// A sender report is due before anything else that was planned.
    void due();

    /// The source's codec is not among those that this subscriber negotiated.
    void undecodable(OutgoingTrack track, Codec codec);

    /// A picture that was on before the subscriber could receive anything has begun, so long after it was shown.
    default void pictureCame(long delayNs) {}
}
