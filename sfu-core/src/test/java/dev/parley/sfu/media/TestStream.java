package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import java.util.List;

/// One encoding of a publisher, packet by packet, with numbers that a test may change. Each packet is a frame.
final class TestStream {
    static final int VP8 = 96;
    static final int VP8_RTX = 97;
    static final int H264 = 102;
    static final int VP9 = 98;
    static final int OPUS = 111;
    static final int AUDIO_LEVEL_ID = 1;
    static final TrackFormat FORMAT = new TrackFormat(
            List.of(
                    type(VP8, Codec.VP8, VP8_RTX),
                    type(VP9, Codec.VP9, PayloadType.NO_RTX),
                    type(H264, Codec.H264, PayloadType.NO_RTX),
                    type(OPUS, Codec.OPUS, PayloadType.NO_RTX)),
            ExtensionIds.NONE.with(ExtensionType.AUDIO_LEVEL, AUDIO_LEVEL_ID));

    private static final int PAYLOAD_BYTES = 40;
    static final int FRAME_TICKS = 3_000;

    private final PacketPool packets;
    final int ssrc;
    int seq;
    int timestamp;
    int pictureId;
    int tl0PicIdx;
    int payloadBytes = PAYLOAD_BYTES;

    TestStream(PacketPool packets, int ssrc, int seq) {
        this.packets = packets;
        this.ssrc = ssrc;
        this.seq = seq;
        this.timestamp = seq * 1_000;
        this.pictureId = seq & 0x7fff;
    }

    static PayloadType type(int number, Codec codec, int rtxNumber) {
        return new PayloadType(number, codec, codec.clockRate(), codec == Codec.OPUS ? 2 : 1, rtxNumber, "");
    }

    Packet keyFrame() {
        return vp8(true);
    }

    Packet frame() {
        return vp8(false);
    }

    /// RFC 7741 §4.2 with a 15-bit picture id and TL0PICIDX, and the begin of a frame by RFC 6386 §9.1.
    private Packet vp8(boolean key) {
        Packet packet = begin(VP8, 12);
        packet.u16(12, 0x90c0);
        packet.u16(14, 0x8000 | pictureId);
        packet.u8(16, tl0PicIdx);
        packet.i32(17, key ? 0x1000009d : 0x1100009d);
        packet.u16(21, 0x012a);
        pictureId = pictureId + 1 & 0x7fff;
        tl0PicIdx = tl0PicIdx + 1 & 0xff;
        return packet;
    }

    /// A frame of a temporal layer, RFC 7741 §4.2; one of layer 0 may be a key frame.
    ///
    /// @param sync needs the base layer only
    Packet temporal(int layer, boolean sync, boolean key) {
        Packet packet = begin(VP8, 12);
        tl0PicIdx = tl0PicIdx + (layer == 0 ? 1 : 0) & 0xff;
        packet.u16(12, 0x90e0);
        packet.u16(14, 0x8000 | pictureId);
        packet.u8(16, tl0PicIdx);
        packet.u8(17, layer << 6 | (sync ? 0x20 : 0));
        packet.i32(18, key ? 0x1000009d : 0x1100009d);
        packet.u16(22, 0x012a);
        pictureId = pictureId + 1 & 0x7fff;
        return packet;
    }

    /// A key frame of H.264: a sequence parameter set.
    Packet h264() {
        Packet packet = begin(H264, 12);
        packet.u8(12, 0x67);
        return packet;
    }

    /// A key frame of VP9.
    Packet vp9() {
        Packet packet = begin(VP9, 12);
        packet.u8(12, 0x08);
        return packet;
    }

    Packet opus(int level) {
        Packet packet = begin(OPUS, 20);
        packet.u8(0, 0x90);
        packet.u16(12, 0xbede);
        packet.u16(14, 1);
        packet.i32(16, AUDIO_LEVEL_ID << 28 | (0x80 | level) << 16);
        return packet;
    }

    /// The packet that the stream would send next does not come.
    void lose(int count) {
        seq = seq + count & 0xffff;
        timestamp += count * FRAME_TICKS;
        pictureId = pictureId + count & 0x7fff;
    }

    private Packet begin(int payloadType, int headerLength) {
        Packet packet = packets.take();
        packet.length(headerLength + payloadBytes);
        for (int i = headerLength; i < packet.length(); i++) {
            packet.u8(i, i);
        }
        packet.u8(0, 0x80);
        packet.u8(1, 0x80 | payloadType);
        Rtp.sequence(packet, seq);
        Rtp.timestamp(packet, timestamp);
        Rtp.ssrc(packet, ssrc);
        seq = seq + 1 & 0xffff;
        timestamp += FRAME_TICKS;
        return packet;
    }
}
