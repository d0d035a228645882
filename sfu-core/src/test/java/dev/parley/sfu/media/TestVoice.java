package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.RedPayload;
import java.util.List;

/// A microphone whose frames say which they are, sent with as many copies of those before as a test likes.
final class TestVoice {
    static final int SSRC = 77;
    static final int FRAME_TICKS = 960;
    static final TrackFormat FORMAT = new TrackFormat(
            List.of(
                    TestStream.type(111, Codec.OPUS, PayloadType.NO_RTX),
                    TestStream.type(63, Codec.RED, PayloadType.NO_RTX)),
            ExtensionIds.NONE);

    private static final int FIRST_SEQ = 65_530;
    private static final int LENGTHS = 16;

    private final PacketPool packets;
    private final int[] lengths = new int[LENGTHS];
    private final int[] frames = new int[LENGTHS];
    int copies;
    /// The number of the next frame, by which it is known and timed.
    int frame;

    private int sent;

    TestVoice(PacketPool packets) {
        this.packets = packets;
    }

    /// The frame's number, when every byte of it is right.
    static int number(Packet packet, int at, int length) {
        int number = packet.u8(at);
        for (int i = 0; i < length; i++) {
            assertThat(packet.u8(at + i)).isEqualTo(number + i & 0xff);
        }
        return number;
    }

    /// The next packet, with a frame of so many bytes.
    Packet next(int length) {
        lengths[sent % LENGTHS] = length;
        frames[sent % LENGTHS] = frame;
        Packet packet = header(copies > 0 ? 63 : 111);
        packet.length(copies > 0 ? redundant(packet) : frame(packet, Rtp.FIXED_HEADER_BYTES, sent));
        frame++;
        sent++;
        return packet;
    }

    /// A packet that is named redundant sound, whatever is in it.
    Packet raw(byte[] payload) {
        Packet packet = header(63);
        System.arraycopy(payload, 0, packet.array(), Rtp.FIXED_HEADER_BYTES, payload.length);
        packet.length(Rtp.FIXED_HEADER_BYTES + payload.length);
        frame++;
        sent++;
        return packet;
    }

    /// Frames that nobody gets.
    void lose(int count) {
        for (int i = 0; i < count; i++) {
            next(80).release();
        }
    }

    /// So many frames' time goes by in which none is sent.
    void pause(int count) {
        frame += count;
    }

    private Packet header(int payloadType) {
        Packet packet = packets.take();
        packet.u8(0, 0x80);
        packet.u8(1, payloadType);
        Rtp.sequence(packet, FIRST_SEQ + sent & 0xffff);
        Rtp.timestamp(packet, frame * FRAME_TICKS);
        Rtp.ssrc(packet, SSRC);
        return packet;
    }

    private int redundant(Packet packet) {
        int oldest = Math.max(0, sent - copies);
        int header = Rtp.FIXED_HEADER_BYTES;
        int at = header + (sent - oldest) * RedPayload.HEADER_BYTES + RedPayload.PRIMARY_HEADER_BYTES;
        for (int i = oldest; i < sent; i++, header += RedPayload.HEADER_BYTES) {
            int age = (frame - frames[i % LENGTHS]) * FRAME_TICKS;
            RedPayload.header(packet, header, 111, age, lengths[i % LENGTHS]);
            at = frame(packet, at, i);
        }
        RedPayload.primaryHeader(packet, header, 111);
        return frame(packet, at, sent);
    }

    private int frame(Packet packet, int at, int which) {
        int length = lengths[which % LENGTHS];
        for (int i = 0; i < length; i++) {
            packet.u8(at + i, frames[which % LENGTHS] + i);
        }
        return at + length;
    }
}
