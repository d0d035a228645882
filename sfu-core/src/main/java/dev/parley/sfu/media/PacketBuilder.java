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
import java.util.Arrays;

/// Writes the datagrams of one outgoing section: the header with the subscriber's numbers, the rewritten begin
/// of the payload, and RTX packets ([RFC 4588](https://www.rfc-editor.org/rfc/rfc4588)) with a sequence of
/// their own.
final class PacketBuilder {
    static final int RTX_PREFIX_BYTES = 2;
    private static final int PADDING_BYTES_MAX = 255;
    private static final int FIRST_RTX_INDEX_MAX = 1 << 14;
    /// More than the header of a packet of sound takes with all of its extensions.
    private static final int SOUND_HEADER_BYTES_MAX = 64;

    private static final byte[] NO_MID = {};

    private final MediaSink sink;
    private final Limits limits;
    private OutgoingFormat format;
    private RtpHeaderWriter header;
    private byte[] mid;
    private boolean mediaKnown;
    private boolean rtxKnown;
    private long rtxIndex;
    /// How much of the source's payload the packet that was begun last has already.
    private int begun;

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

    /// The capture time of the packet that is begun next, NTP on the server's clock; `CaptureTimes.NONE` for none.
    void captured(long ntp) {
        header.captureTime(ntp);
    }

    /// Header and rewritten begin of the payload; `send` adds the rest.
    Packet media(MediaPacket packet, Segment segment, PayloadType type, long outIndex) {
        Packet out = begin(packet, segment, type.number(), (int) outIndex, 0, false);
        begun = descriptor(packet, segment, out, header.length());
        out.length(header.length() + begun);
        if (packet.bringsStructure()) {
            segment.described(header.dependenciesAt() >= 0);
        }
        return out;
    }

    /// The same with copies of the frames before it in front, RFC 2198.
    Packet redundant(
            MediaPacket packet, Segment segment, PayloadType type, PayloadType red, Copies copies, long outIndex) {
        Packet out = begin(packet, segment, red.number(), (int) outIndex, copies.bytes(), false);
        copies.write(out, header.length(), type.number());
        begun = 0;
        out.length(header.length() + copies.bytes());
        return out;
    }

    /// How many bytes of copies a datagram has room for beside this packet.
    int roomForCopies(MediaPacket packet) {
        return limits.datagramBytes() - sink.overheadBytes() - SOUND_HEADER_BYTES_MAX - packet.payloadLength();
    }

    /// Sends what was begun last with the rest of the source's payload.
    ///
    /// @return false when it was not sent
    boolean send(Packet out, long outIndex, MediaPacket packet) {
        return send(out, outIndex, packet, begun, Purpose.MEDIA);
    }

    /// @param purpose `REPAIR`, or `PADDING` for what nobody asked for
    boolean sendRtx(MediaPacket packet, Segment segment, PayloadType type, long outIndex, Purpose purpose) {
        long index = rtxIndex + 1;
        Packet out = begin(packet, segment, type.rtxNumber(), (int) index, RTX_PREFIX_BYTES, true);
        out.u16(header.length(), (int) outIndex);
        begun = descriptor(packet, segment, out, header.length() + RTX_PREFIX_BYTES);
        out.length(header.length() + RTX_PREFIX_BYTES + begun);
        return usedRtx(send(out, index, packet, begun, purpose));
    }

    /// A packet without payload: its number was kept for one that is left out.
    Packet empty(MediaPacket packet, Segment segment, PayloadType type, long outIndex) {
        return beginEmpty(packet, segment, type.number(), (int) outIndex, 0);
    }

    /// The same as a retransmission: nothing but the number that it fills.
    boolean sendEmptyRtx(MediaPacket packet, Segment segment, PayloadType type, long outIndex) {
        long index = rtxIndex + 1;
        Packet out = beginEmpty(packet, segment, type.rtxNumber(), (int) index, RTX_PREFIX_BYTES);
        out.u16(header.length(), (int) outIndex);
        out.length(header.length() + RTX_PREFIX_BYTES);
        return usedRtx(send(out, index, packet, begun, Purpose.REPAIR));
    }

    /// A packet of the RTX stream that holds nothing but padding, RFC 3550 section 5.1: its last byte says how much.
    ///
    /// @return how many bytes the datagram has, 0 when it was not sent
    int sendPadding(PayloadType type, int timestamp, int bytes) {
        long index = rtxIndex + 1;
        Packet out = open(true);
        int room = limits.datagramBytes() - sink.overheadBytes() - PADDING_BYTES_MAX;
        header.writeNew(out, false, type.rtxNumber(), (int) index & 0xffff, timestamp, format.rtxSsrc(), room);
        int padding = Math.clamp(bytes - header.length() - sink.overheadBytes(), 1, PADDING_BYTES_MAX);
        Arrays.fill(out.array(), header.length(), header.length() + padding, (byte) 0);
        out.length(header.length() + padding);
        out.u8(out.length() - 1, padding);
        Rtp.padding(out, true);
        int length = out.length() + sink.overheadBytes();
        return usedRtx(sink.sendRtp(out, header, index, out, 0, 0, Purpose.PADDING)) ? length : 0;
    }

    /// A number that was not used is the next one's.
    private boolean usedRtx(boolean sent) {
        rtxIndex += sent ? 1 : 0;
        return sent;
    }

    /// @param taken bytes of the source's payload that are in `out` already, or are left out
    private boolean send(Packet out, long index, MediaPacket packet, int taken, Purpose purpose) {
        Packet source = packet.packet();
        int from = packet.payloadOffset() + taken;
        return sink.sendRtp(out, header, index, source, from, packet.payloadLength() - taken, purpose);
    }

    private Packet begin(
            MediaPacket packet, Segment segment, int payloadType, int seq, int prefixBytes, boolean again) {
        Packet out = open(again);
        int room = limits.datagramBytes() - sink.overheadBytes() - packet.payloadLength() - prefixBytes;
        int timestamp = packet.timestamp() + segment.timestampOffset;
        header.dependencies(segment.described() || packet.bringsStructure());
        header.write(
                packet.packet(), packet.extensions(), out, payloadType, seq & 0xffff, timestamp, ssrc(again), room);
        if (segment.endsPicture(packet)) {
            Rtp.marker(out, true);
        }
        if (header.dependenciesAt() >= 0) {
            out.u16(header.dependenciesAt() + 1, segment.frameNumber(packet));
        }
        return out;
    }

    private Packet beginEmpty(MediaPacket packet, Segment segment, int payloadType, int seq, int prefixBytes) {
        boolean again = prefixBytes > 0;
        Packet out = open(again);
        begun = packet.payloadLength();
        int room = limits.datagramBytes() - sink.overheadBytes() - prefixBytes;
        int timestamp = packet.timestamp() + segment.timestampOffset;
        header.writeNew(out, false, payloadType, seq & 0xffff, timestamp, ssrc(again), room);
        out.length(header.length());
        return out;
    }

    private Packet open(boolean again) {
        Packet out = sink.packet();
        out.media(format.kind());
        header.mid((again ? rtxKnown : mediaKnown) ? NO_MID : mid);
        if (again) {
            header.captureTime(CaptureTimes.NONE);
        }
        return out;
    }

    private int ssrc(boolean again) {
        return again ? format.rtxSsrc() : format.ssrc();
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
