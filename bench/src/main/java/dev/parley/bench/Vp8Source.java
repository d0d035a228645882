package dev.parley.bench;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import java.util.HexFormat;

/// Packets of a camera as Chromium writes them once its SSRC is known: two header extensions, a VP8 descriptor with
/// picture id, TL0PICIDX and temporal layer.
final class Vp8Source {
    static final int PAYLOAD_TYPE = 96;
    static final int SSRC = 0x1234567;
    static final ExtensionIds EXTENSIONS =
            ExtensionIds.NONE.with(ExtensionType.ABS_SEND_TIME, 3).with(ExtensionType.TRANSPORT_CC, 4);

    private static final int HEADER_BYTES = 28;
    private static final byte[] BEGIN = HexFormat.of()
            .parseHex("90600000" + "00000000" + "01234567" // fixed header
                    + "bede0003" + "32010203" + "41000100" + "00000000" // abs-send-time, transport-cc, padding
                    + "90e0" + "8000" + "00" + "20"); // VP8 descriptor: picture id, TL0PICIDX, temporal layer

    private final int payloadBytes;
    private int seq;

    Vp8Source(int payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    /// The first packet begins a key frame; each one is a frame of its own.
    void next(Packet packet) {
        packet.copyFrom(BEGIN, 0, BEGIN.length);
        packet.length(HEADER_BYTES + payloadBytes);
        packet.u16(2, seq & 0xffff);
        packet.i32(4, seq * 3000);
        packet.u16(HEADER_BYTES + 2, 0x8000 | (seq & 0x7fff));
        packet.u8(BEGIN.length, seq == 0 ? 0x10 : 0x11);
        seq++;
    }
}
