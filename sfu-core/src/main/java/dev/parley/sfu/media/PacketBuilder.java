package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import java.nio.charset.StandardCharsets;

/// Writes the datagrams of one outgoing section: the header with the subscriber's numbers, the rewritten begin of the
/// payload, and RTX packets ([RFC 4588](https://www.rfc-editor.org/rfc/rfc4588)) with a sequence of their own.
final class PacketBuilder {
    private static final int RTX_PREFIX_BYTES = 2;
    private static final int FIRST_RTX_INDEX_MAX = 1 << 14;
    private static final byte[] NO_MID = {};

    private final MediaSink sink;
    private final Limits limits;
    private OutgoingFormat format;
    private RtpHeaderWriter header;
    private byte[] mid;
    private boolean mediaKnown;
    private boolean rtxKnown;
    private long rtxIndex;
    private int headerLength;

    PacketBuilder(OutgoingFormat format, MediaSink sink, Limits limits, Rng rng) {
        this.sink = sink;
        this.limits = limits;
        this.rtxIndex = rng.below(FIRST_RTX_INDEX_MAX);
        this.format = format;
        this.header = writer(format);
        this.mid = mid(format);
    }

    void changeFormat(OutgoingFormat changed) {
        format = changed;
        header = writer(changed);
        mid = mid(changed);
    }

    /// The subscriber knows whose packets these are: MID is left out from now on, as browsers do.
    void mediaIsKnown() {
        mediaKnown = true;
    }

    /// The same for retransmissions, which the subscriber gets to know on their own: Firefox takes none before,
    /// whatever the answer said of their SSRC.
    void rtxIsKnown() {
        rtxKnown = true;
    }

    /// Header and rewritten begin of the payload; `send` adds the rest.
    Packet media(MediaPacket packet, RtpRewriter.Segment segment, PayloadType type, long outIndex, long nowNs) {
        int timestamp = packet.timestamp() + segment.timestampOffset;
        Packet out = begin(packet, type.number(), (int) outIndex, timestamp, format.ssrc(), 0, nowNs);
        out.length(headerLength + descriptor(packet, segment, out, headerLength));
        return out;
    }

    /// @return false when it was not sent
    boolean send(Packet out, long outIndex, MediaPacket packet) {
        return send(out, outIndex, packet, out.length() - headerLength);
    }

    boolean sendRtx(MediaPacket packet, RtpRewriter.Segment segment, PayloadType type, long outIndex, long nowNs) {
        long index = ++rtxIndex;
        int timestamp = packet.timestamp() + segment.timestampOffset;
        Packet out = begin(packet, type.rtxNumber(), (int) index, timestamp, format.rtxSsrc(), RTX_PREFIX_BYTES, nowNs);
        out.u16(headerLength, (int) outIndex);
        int begun = descriptor(packet, segment, out, headerLength + RTX_PREFIX_BYTES);
        out.length(headerLength + RTX_PREFIX_BYTES + begun);
        return send(out, index, packet, begun);
    }

    /// @param taken bytes of the source's payload that are in `out` already
    private boolean send(Packet out, long index, MediaPacket packet, int taken) {
        Packet source = packet.packet();
        return sink.sendRtp(
                out, headerLength, index, source, packet.payloadOffset() + taken, packet.payloadLength() - taken);
    }

    private Packet begin(
            MediaPacket packet, int payloadType, int seq, int timestamp, int ssrc, int prefixBytes, long nowNs) {
        Packet out = sink.packet();
        out.media(format.kind());
        int room = limits.datagramBytes() - sink.overheadBytes() - packet.payloadLength() - prefixBytes;
        header.mid((prefixBytes == 0 ? mediaKnown : rtxKnown) ? NO_MID : mid);
        headerLength = header.write(
                packet.packet(), packet.extensions(), out, payloadType, seq & 0xffff, timestamp, ssrc, room);
        int transportCcAt = header.transportCcAt();
        int transportSeq = transportCcAt < 0 ? 0 : sink.nextTransportSequence();
        RtpHeaderWriter.stamp(out, transportCcAt, transportSeq, header.absSendTimeAt(), nowNs);
        return out;
    }

    private static int descriptor(MediaPacket packet, RtpRewriter.Segment segment, Packet out, int at) {
        Vp8Descriptor vp8 = packet.vp8();
        if (vp8 == null) {
            return 0;
        }
        int length = vp8.length();
        System.arraycopy(packet.packet().array(), packet.payloadOffset(), out.array(), at, length);
        vp8.rewrite(out, at, vp8.pictureId() + segment.pictureIdOffset, vp8.tl0PicIdx() + segment.tl0Offset);
        return length;
    }

    private static RtpHeaderWriter writer(OutgoingFormat of) {
        return new RtpHeaderWriter(of.extensions(), of.twoByteExtensions());
    }

    private static byte[] mid(OutgoingFormat of) {
        return of.mid().value().getBytes(StandardCharsets.US_ASCII);
    }
}
