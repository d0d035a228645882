package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import dev.parley.sfu.rtp.codec.Vp9Descriptor;
import java.nio.charset.StandardCharsets;

/// Writes the datagrams of one outgoing section: the header with the subscriber's numbers, the rewritten begin
/// of the payload, and RTX packets ([RFC 4588](https://www.rfc-editor.org/rfc/rfc4588)) with a sequence of
/// their own.
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
    Packet media(MediaPacket packet, Segment segment, PayloadType type, long outIndex, long nowNs) {
        Packet out = begin(packet, segment, type.number(), (int) outIndex, 0, nowNs);
        out.length(headerLength + descriptor(packet, segment, out, headerLength));
        if (packet.bringsStructure()) {
            segment.described(header.dependenciesAt() >= 0);
        }
        return out;
    }

    /// @return false when it was not sent
    boolean send(Packet out, long outIndex, MediaPacket packet) {
        return send(out, outIndex, packet, out.length() - headerLength);
    }

    boolean sendRtx(MediaPacket packet, Segment segment, PayloadType type, long outIndex, long nowNs) {
        long index = ++rtxIndex;
        Packet out = begin(packet, segment, type.rtxNumber(), (int) index, RTX_PREFIX_BYTES, nowNs);
        out.u16(headerLength, (int) outIndex);
        int begun = descriptor(packet, segment, out, headerLength + RTX_PREFIX_BYTES);
        out.length(headerLength + RTX_PREFIX_BYTES + begun);
        return send(out, index, packet, begun);
    }

    /// A packet without payload: its number was kept for one that is left out. `sendEmpty` sends it.
    Packet empty(MediaPacket packet, Segment segment, PayloadType type, long outIndex, long nowNs) {
        return beginEmpty(packet, segment, type.number(), (int) outIndex, 0, nowNs);
    }

    /// @return false when it was not sent
    boolean sendEmpty(Packet out, long outIndex, MediaPacket packet) {
        return send(out, outIndex, packet, packet.payloadLength());
    }

    /// The same as a retransmission: nothing but the number that it fills.
    boolean sendEmptyRtx(MediaPacket packet, Segment segment, PayloadType type, long outIndex, long nowNs) {
        long index = ++rtxIndex;
        Packet out = beginEmpty(packet, segment, type.rtxNumber(), (int) index, RTX_PREFIX_BYTES, nowNs);
        out.u16(headerLength, (int) outIndex);
        out.length(headerLength + RTX_PREFIX_BYTES);
        return sendEmpty(out, index, packet);
    }

    /// @param taken bytes of the source's payload that are in `out` already, or are left out
    private boolean send(Packet out, long index, MediaPacket packet, int taken) {
        Packet source = packet.packet();
        return sink.sendRtp(
                out, headerLength, index, source, packet.payloadOffset() + taken, packet.payloadLength() - taken);
    }

    private Packet begin(MediaPacket packet, Segment segment, int payloadType, int seq, int prefixBytes, long nowNs) {
        Packet out = open(prefixBytes);
        int room = limits.datagramBytes() - sink.overheadBytes() - packet.payloadLength() - prefixBytes;
        int timestamp = packet.timestamp() + segment.timestampOffset;
        header.dependencies(segment.described() || packet.bringsStructure());
        headerLength = header.write(
                packet.packet(),
                packet.extensions(),
                out,
                payloadType,
                seq & 0xffff,
                timestamp,
                ssrc(prefixBytes),
                room);
        if (segment.endsPicture(packet)) {
            Rtp.marker(out, true);
        }
        if (header.dependenciesAt() >= 0) {
            out.u16(header.dependenciesAt() + 1, segment.frameNumber(packet));
        }
        stamp(out, nowNs);
        return out;
    }

    private Packet beginEmpty(
            MediaPacket packet, Segment segment, int payloadType, int seq, int prefixBytes, long nowNs) {
        Packet out = open(prefixBytes);
        int room = limits.datagramBytes() - sink.overheadBytes() - prefixBytes;
        int timestamp = packet.timestamp() + segment.timestampOffset;
        headerLength = header.writeNew(out, false, payloadType, seq & 0xffff, timestamp, ssrc(prefixBytes), room);
        out.length(headerLength);
        stamp(out, nowNs);
        return out;
    }

    private Packet open(int prefixBytes) {
        Packet out = sink.packet();
        out.media(format.kind());
        header.mid((prefixBytes == 0 ? mediaKnown : rtxKnown) ? NO_MID : mid);
        return out;
    }

    private int ssrc(int prefixBytes) {
        return prefixBytes == 0 ? format.ssrc() : format.rtxSsrc();
    }

    private void stamp(Packet out, long nowNs) {
        int transportCcAt = header.transportCcAt();
        int transportSeq = transportCcAt < 0 ? 0 : sink.nextTransportSequence();
        RtpHeaderWriter.stamp(out, transportCcAt, transportSeq, header.absSendTimeAt(), nowNs);
    }

    /// The first bytes of the payload, with the subscriber's numbers where the codec has some there.
    private static int descriptor(MediaPacket packet, Segment segment, Packet out, int at) {
        Vp8Descriptor vp8 = packet.vp8();
        if (vp8 != null) {
            copyBegin(packet, vp8.length(), out, at);
            vp8.rewrite(out, at, segment.pictureId(packet), segment.tl0PicIdx(packet));
            return vp8.length();
        }
        Vp9Descriptor vp9 = packet.vp9();
        if (vp9 != null) {
            copyBegin(packet, vp9.rewrittenLength(), out, at);
            vp9.rewrite(out, at, segment.pictureId(packet), segment.tl0PicIdx(packet));
            return vp9.rewrittenLength();
        }
        return 0;
    }

    private static void copyBegin(MediaPacket packet, int length, Packet out, int at) {
        System.arraycopy(packet.packet().array(), packet.payloadOffset(), out.array(), at, length);
    }

    private static RtpHeaderWriter writer(OutgoingFormat of) {
        return new RtpHeaderWriter(of.extensions(), of.twoByteExtensions());
    }

    private static byte[] mid(OutgoingFormat of) {
        return of.mid().value().getBytes(StandardCharsets.US_ASCII);
    }
}
