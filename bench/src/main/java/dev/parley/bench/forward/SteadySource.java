package dev.parley.bench.forward;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.session.Section;

/// Media of one size for ever: each packet a frame of its own, as VP8 or Opus, with the header extensions that browsers
/// send once their SSRC is known. One thread.
final class SteadySource {
    /// RFC 7741 §4.2: 15 bits of picture id, TL0PICIDX, TID.
    private static final int DESCRIPTOR_BYTES = 6;

    private static final int VP8_KEY_FRAME = 0x10;
    private static final int VP8_DELTA_FRAME = 0x11;
    private static final int VOICE_OF_30_DB = 0x80 | 30;

    private final Section section;
    private final boolean video;
    private final int payloadType;
    private final int payloadBytes;
    private final int ticks;
    private long index;
    private int transportSequence;

    /// @param section that it is sent in
    /// @param perSecond packets
    SteadySource(Section section, int payloadBytes, int perSecond) {
        this.section = section;
        this.video = section.kind() == MediaKind.VIDEO;
        this.payloadBytes = payloadBytes;
        var type = section.payloadTypes().stream()
                .filter(t -> t.codec() == (video ? Codec.VP8 : Codec.OPUS))
                .findFirst()
                .orElseThrow();
        this.payloadType = type.number();
        this.ticks = type.clockRate() / perSecond;
    }

    /// The SRTP index of the next packet.
    long index() {
        return index;
    }

    /// Writes the next packet.
    ///
    /// @param first of a stretch: decoding can begin with it
    /// @return the length of its header
    int next(Packet packet, boolean first) {
        int header = write(packet, first);
        index++;
        return header;
    }

    /// Writes what looks like the next packet as it is on the wire, and is not: its tag is made up.
    void forged(Packet packet, int tagBytes) {
        write(packet, false);
        packet.length(packet.length() + tagBytes);
    }

    private int write(Packet packet, boolean first) {
        packet.u8(0, 0x90);
        packet.u8(1, payloadType | 0x80);
        Rtp.sequence(packet, (int) index & 0xffff);
        Rtp.timestamp(packet, (int) index * ticks);
        Rtp.ssrc(packet, section.sendSsrc());
        int header = extensions(packet, Rtp.FIXED_HEADER_BYTES);
        if (video) {
            picture(packet, header, first);
        }
        packet.length(header + payloadBytes);
        return header;
    }

    /// RFC 8285 §4.2, two words: abs-send-time or level, and the transport-wide sequence.
    private int extensions(Packet packet, int from) {
        packet.u16(from, 0xbede);
        packet.u16(from + 2, 2);
        int at = from + 4;
        packet.u8(at, section.extensions().id(ExtensionType.TRANSPORT_CC) << 4 | 1);
        packet.u16(at + 1, transportSequence++ & 0xffff);
        if (video) {
            packet.u8(at + 3, section.extensions().id(ExtensionType.ABS_SEND_TIME) << 4 | 2);
            packet.u8(at + 4, 0);
            packet.u16(at + 5, (int) index & 0xffff);
            packet.u8(at + 7, 0);
        } else {
            packet.u8(at + 3, section.extensions().id(ExtensionType.AUDIO_LEVEL) << 4);
            packet.u8(at + 4, VOICE_OF_30_DB);
            packet.u8(at + 5, 0);
            packet.u16(at + 6, 0);
        }
        return at + 8;
    }

    private void picture(Packet packet, int at, boolean key) {
        packet.u16(at, 0x90e0);
        packet.u16(at + 2, 0x8000 | (int) (index & 0x7fff));
        packet.u16(at + 4, 0);
        packet.u8(at + DESCRIPTOR_BYTES, key ? VP8_KEY_FRAME : VP8_DELTA_FRAME);
    }
}
