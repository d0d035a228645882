package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import org.junit.jupiter.api.Test;

final class HeaderExtensionsTest {
    private static final String HEADER = "9060 0001 00000001 00000001";
    private static final ExtensionIds IDS = ExtensionIds.NONE
            .with(ExtensionType.AUDIO_LEVEL, 1)
            .with(ExtensionType.MID, 3)
            .with(ExtensionType.TRANSPORT_CC, 5)
            .with(ExtensionType.DEPENDENCY_DESCRIPTOR, 200);

    private final HeaderExtensions extensions = new HeaderExtensions();

    @Test
    void readsTheOneByteForm() {
        Packet p = Packets.hex(HEADER + "bede0003 10 85 00 31 4142 51 0007 9100 00 ffff");
        assertThat(extensions.parse(p, IDS)).isTrue();
        assertThat(p.u8(extensions.offset(ExtensionType.AUDIO_LEVEL))).isEqualTo(0x85);
        assertThat(extensions.text(ExtensionType.MID, p)).isEqualTo("AB");
        assertThat(extensions.length(ExtensionType.TRANSPORT_CC)).isEqualTo(2);
        assertThat(p.u16(extensions.offset(ExtensionType.TRANSPORT_CC))).isEqualTo(7);
        assertThat(extensions.has(ExtensionType.RID)).isFalse();
        assertThat(extensions.offset(ExtensionType.RID)).isEqualTo(-1);
        assertThat(extensions.text(ExtensionType.RID, p)).isEmpty();
    }

    @Test
    void readsTheTwoByteFormWithAnyApplicationBits() {
        for (String profile : new String[] {"1000", "100f"}) {
            Packet p = Packets.hex(HEADER + profile + "0004 c803 800001 0302 4142 00 0100 0502 0009 00");
            assertThat(extensions.parse(p, IDS)).isTrue();
            assertThat(extensions.length(ExtensionType.DEPENDENCY_DESCRIPTOR)).isEqualTo(3);
            assertThat(extensions.text(ExtensionType.MID, p)).isEqualTo("AB");
            assertThat(extensions.has(ExtensionType.AUDIO_LEVEL)).isTrue();
            assertThat(extensions.has(ExtensionType.AUDIO_LEVEL, 1)).as("empty").isFalse();
            assertThat(p.u16(extensions.offset(ExtensionType.TRANSPORT_CC))).isEqualTo(9);
        }
    }

    @Test
    void nothingOfThePacketBeforeIsLeft() {
        assertThat(extensions.parse(Packets.hex(HEADER + "bede0001 10850000"), IDS))
                .isTrue();
        assertThat(extensions.parse(Packets.hex("8060 0001 00000001 00000001"), IDS))
                .isTrue();
        assertThat(extensions.has(ExtensionType.AUDIO_LEVEL)).isFalse();
    }

    @Test
    void theFirstOfTwoCounts() {
        Packet p = Packets.hex(HEADER + "bede0001 10 01 10 02");
        assertThat(extensions.parse(p, IDS)).isTrue();
        assertThat(AudioLevel.level(AudioLevel.of(p, extensions))).isEqualTo(1);
    }

    @Test
    void theOneByteFormEndsAtFifteenAndAtZeroWithALength() {
        for (String end : new String[] {"f0", "03"}) {
            assertThat(extensions.parse(Packets.hex(HEADER + "bede0002 10 01" + end + "31 4142 0000"), IDS))
                    .isTrue();
            assertThat(extensions.has(ExtensionType.AUDIO_LEVEL)).isTrue();
            assertThat(extensions.has(ExtensionType.MID)).isFalse();
        }
    }

    @Test
    void elementsThatReachBeyondTheBlockAreMalformed() {
        assertThat(extensions.parse(Packets.hex(HEADER + "bede0001 00000010 01"), IDS))
                .isFalse();
        assertThat(extensions.parse(Packets.hex(HEADER + "10000001 00000003 01"), IDS))
                .isFalse();
        assertThat(extensions.parse(Packets.hex(HEADER + "10000001 00000303 010203"), IDS))
                .isFalse();
    }

    @Test
    void anUnknownProfileIsNoExtension() {
        assertThat(extensions.parse(Packets.hex(HEADER + "abac0001 10850000"), IDS))
                .isTrue();
        assertThat(extensions.has(ExtensionType.AUDIO_LEVEL)).isFalse();
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.hex(HEADER + "bede0003 10 85 00 31 4142 51 0007 9100 00 ffff");
        assertThat(Allocations.of(20_000, () -> extensions.parse(p, IDS))).isZero();
    }
}
