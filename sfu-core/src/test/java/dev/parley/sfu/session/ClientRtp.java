package dev.parley.sfu.session;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.Rtp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A packet as a client sends it, with the header extensions that name its section.
final class ClientRtp {
    static final ExtensionIds IDS = ExtensionIds.NONE
            .with(ExtensionType.AUDIO_LEVEL, 1)
            .with(ExtensionType.TRANSPORT_CC, 5)
            .with(ExtensionType.MID, 4)
            .with(ExtensionType.RID, 10)
            .with(ExtensionType.REPAIRED_RID, 11);

    private static final int FIXED_BYTES = 12;

    private final int ssrc;
    private final int payloadType;
    private final int seq;
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private byte[] payload = {(byte) 0x90, 0, 0, 0, 0, 0, 0, 0};
    private boolean padded;

    private ClientRtp(int ssrc, int payloadType, int seq) {
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.seq = seq;
    }

    static ClientRtp of(int ssrc, int payloadType, int seq) {
        return new ClientRtp(ssrc, payloadType, seq);
    }

    ClientRtp mid(String mid) {
        return extension(4, mid.getBytes(StandardCharsets.US_ASCII));
    }

    ClientRtp rid(String rid) {
        return extension(10, rid.getBytes(StandardCharsets.US_ASCII));
    }

    ClientRtp repairedRid(String rid) {
        return extension(11, rid.getBytes(StandardCharsets.US_ASCII));
    }

    ClientRtp transportSequence(int number) {
        return extension(5, new byte[] {(byte) (number >> 8), (byte) number});
    }

    private ClientRtp extension(int id, byte[] value) {
        extensions.write(id << 4 | value.length - 1);
        extensions.writeBytes(value);
        return this;
    }

    ClientRtp payload(byte... bytes) {
        payload = bytes;
        return this;
    }

    /// As retransmission of `original`, RFC 4588 §4.
    ClientRtp repeats(int original, byte... rest) {
        payload = new byte[rest.length + 2];
        payload[0] = (byte) (original >> 8);
        payload[1] = (byte) original;
        System.arraycopy(rest, 0, payload, 2, rest.length);
        return this;
    }

    /// The payload is padding and nothing else.
    ClientRtp padding(int bytes) {
        payload = new byte[bytes];
        payload[bytes - 1] = (byte) bytes;
        padded = true;
        return this;
    }

    Packet in(PacketPool pool) {
        Packet packet = pool.take();
        int at = FIXED_BYTES;
        byte[] values = extensions.toByteArray();
        if (values.length > 0) {
            int words = (values.length + 3) / 4;
            packet.u16(at, 0xbede);
            packet.u16(at + 2, words);
            for (int i = 0; i < 4 * words; i++) {
                packet.u8(at + 4 + i, i < values.length ? values[i] : 0);
            }
            at += 4 + 4 * words;
        }
        System.arraycopy(payload, 0, packet.array(), at, payload.length);
        packet.length(at + payload.length);
        packet.u8(0, 0x80 | (values.length > 0 ? 0x10 : 0) | (padded ? 0x20 : 0));
        packet.u8(1, payloadType);
        Rtp.sequence(packet, seq & 0xffff);
        Rtp.timestamp(packet, seq * 3_000);
        Rtp.ssrc(packet, ssrc);
        return packet;
    }
}
