package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RtpTest {
    /// Marker, type 96, sequence 0x1234, one CSRC, two one-byte extensions, four bytes of payload, four of padding.
    private static final String FULL =
            "b1 e0 1234 01020304 a1b2c3d4 11223344 bede 0002 10 85 31 4142 000000 deadbeef 00000004";

    private static final ExtensionIds IDS =
            ExtensionIds.NONE.with(ExtensionType.AUDIO_LEVEL, 1).with(ExtensionType.MID, 3);

    @Test
    void readsEveryField() {
        Packet p = Packets.hex(FULL);
        assertThat(Rtp.valid(p)).isTrue();
        assertThat(Rtp.marker(p)).isTrue();
        assertThat(Rtp.payloadType(p)).isEqualTo(96);
        assertThat(Rtp.sequence(p)).isEqualTo(0x1234);
        assertThat(Rtp.timestamp(p)).isEqualTo(0x01020304);
        assertThat(Rtp.ssrc(p)).isEqualTo(0xa1b2c3d4);
        assertThat(Rtp.csrcCount(p)).isEqualTo(1);
        assertThat(Rtp.hasExtension(p)).isTrue();
        assertThat(Rtp.headerLength(p)).isEqualTo(28);
        assertThat(Rtp.payloadOffset(p)).isEqualTo(28);
        assertThat(Rtp.payloadLength(p)).isEqualTo(4);
        assertThat(Rtp.paddingLength(p)).isEqualTo(4);
    }

    @Test
    void writesFieldsWithoutTouchingTheirNeighbours() {
        Packet p = Packets.hex(FULL);
        Rtp.payloadType(p, 111);
        Rtp.marker(p, false);
        Rtp.sequence(p, 0x1_ffff);
        Rtp.timestamp(p, 7);
        Rtp.ssrc(p, 9);
        assertThat(Packets.hex(p)).startsWith("b16fffff0000000700000009" + "11223344");
        Rtp.marker(p, true);
        assertThat(Rtp.payloadType(p)).isEqualTo(111);
        assertThat(Rtp.marker(p)).isTrue();
    }

    @Test
    void paddingMayBeAllThatThereIs() {
        Packet p = Packets.hex("a060 0001 00000000 00000001 00000004");
        assertThat(Rtp.valid(p)).isTrue();
        assertThat(Rtp.payloadLength(p)).isZero();
    }

    @Test
    void refusesWhatDoesNotFit() {
        List<String> bad = List.of(
                "",
                "80600001 00000000 000000", // 11 bytes
                "40600001 00000000 00000001", // version 1
                "8f600001 00000000 00000001", // 15 CSRCs that are not there
                "90600001 00000000 00000001 bede", // extension cut off
                "90600001 00000000 00000001 bede0002 10850000", // extension longer than the packet
                "a0600001 00000000 00000001", // padding without a byte to say how much
                "a0600001 00000000 00000001 00", // padding of none
                "a0600001 00000000 00000001 000005", // padding longer than the payload
                "b0600001 00000000 00000001 bede0001 00000004"); // padding that reaches into the extension
        for (String digits : bad) {

            assertThat(Rtp.valid(Packets.hex(digits))).as(digits).isFalse();
        }
    }

    @Test
    @DisplayName("hostile C01 mutated RTP headers are refused or harmless")
    void hostile_C01_mutatedHeadersAreRefusedOrHarmless() {
        HeaderExtensions extensions = new HeaderExtensions();
        HeaderExtensions again = new HeaderExtensions();
        RtpHeaderWriter writer = new RtpHeaderWriter(IDS.with(ExtensionType.TRANSPORT_CC, 5), true);
        Packet out = Packets.of(new byte[0]);
        Fuzz.mutations(Fuzz.runs(200_000), Samples.RTP, bytes -> {
            Packet p = Packets.of(bytes, 0x00);
            Packet twin = Packets.of(bytes, 0xff);
            boolean good = readable(p, extensions);
            assertThat(readable(twin, again)).isEqualTo(good);
            if (good) {
                assertThat(Rtp.headerLength(p) + Rtp.payloadLength(p) + Rtp.paddingLength(p))
                        .isEqualTo(p.length());
                assertThat(Rtp.payloadLength(p)).isNotNegative();
                forwards(p, extensions, writer, out);
            }
        });
    }

    private static boolean readable(Packet p, HeaderExtensions extensions) {
        if (!Rtp.valid(p) || !extensions.parse(p, IDS)) {
            return false;
        }
        for (ExtensionType type : ExtensionType.ALL) {
            assertThat(extensions.offset(type) + extensions.length(type)).isLessThanOrEqualTo(Rtp.headerLength(p));
        }
        return true;
    }

    private static void forwards(Packet p, HeaderExtensions extensions, RtpHeaderWriter writer, Packet out) {
        int header = writer.write(p, extensions, out, 100, 1, 2, 3, 40);
        out.length(header);
        assertThat(header).isBetween(12, 40);
        assertThat(Rtp.valid(out)).isTrue();
        assertThat(Rtp.headerLength(out)).isEqualTo(header);
        assertThat(Rtp.marker(out)).isEqualTo(Rtp.marker(p));
    }
}
