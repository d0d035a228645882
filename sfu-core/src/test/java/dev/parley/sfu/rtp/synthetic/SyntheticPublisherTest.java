package dev.parley.sfu.rtp.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.AudioLevel;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SyntheticPublisherTest {
    private static final long SECOND = 1_000_000_000L;

    private final SyntheticRig rig = new SyntheticRig(1, 30, 42);
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();

    private List<Packet> of(int ssrc) {
        return rig.sent.stream()
                .filter(bytes -> Wire.ssrc(bytes) == ssrc)
                .map(Packets::of)
                .toList();
    }

    private boolean key(Packet p) {
        assertThat(vp8.parse(p, Rtp.payloadOffset(p), Rtp.payloadLength(p))).isTrue();
        return vp8.startsKeyFrame();
    }

    @Test
    void thePacketsAreWhatABrowserSends() {
        rig.runUntil(2 * SECOND - SECOND / 100);
        for (byte[] bytes : rig.sent) {
            Packet p = Packets.of(bytes);
            assertThat(Rtp.valid(p)).isTrue();
            assertThat(p.length()).isLessThan(1200);
            assertThat(extensions.parse(p, SyntheticRig.IDS)).isTrue();
            assertThat(extensions.has(ExtensionType.MID)).isTrue();
        }
        for (int layer = 0; layer < 3; layer++) {
            List<Packet> packets = of(110 + 10 * layer);
            assertThat(packets.stream().filter(Rtp::marker)).as("frames").hasSize(60);
            assertThat(packets.stream().filter(this::key)).hasSize(1);
            assertThat(key(packets.getFirst())).isTrue();
            assertThat(vp8.parse(packets.getFirst(), Rtp.payloadOffset(packets.getFirst()), 60))
                    .isTrue();
            assertThat(vp8.width()).isEqualTo(320 << layer);
            assertThat(extensions.parse(packets.getFirst(), SyntheticRig.IDS)).isTrue();
            assertThat(extensions.text(ExtensionType.RID, packets.getFirst())).isEqualTo("" + layer);
        }
    }

    @Test
    void beginsWithPaddingOnTheRtxStream() {
        rig.runUntil(0);
        Packet first = Packets.of(rig.sent.getFirst());
        assertThat(Rtp.ssrc(first)).isEqualTo(111);
        assertThat(Rtp.payloadLength(first)).isZero();
        assertThat(extensions.parse(first, SyntheticRig.IDS)).isTrue();
        assertThat(extensions.text(ExtensionType.REPAIRED_RID, first)).isEqualTo("0");
    }

    @Test
    void namesItsSectionUntilAReportComes() {
        rig.runUntil(SECOND);
        rig.publisher.reportBlock(9, 110, 0, 0, 0, 0, 0, 0);
        rig.sent.clear();
        rig.runUntil(2 * SECOND);
        assertThat(extensions.parse(of(110).getFirst(), SyntheticRig.IDS)).isTrue();
        assertThat(extensions.has(ExtensionType.MID)).isFalse();
        assertThat(extensions.has(ExtensionType.TRANSPORT_CC)).isTrue();
        assertThat(extensions.parse(of(120).getFirst(), SyntheticRig.IDS)).isTrue();
        assertThat(extensions.has(ExtensionType.MID)).isTrue();
    }

    @Test
    void answersAKeyFrameRequestWithTheNextFrame() {
        rig.runUntil(SECOND);
        rig.sent.clear();
        rig.publisher.pli(130);
        rig.runUntil(SECOND + SECOND / 20);
        assertThat(key(of(130).getFirst())).isTrue();
        assertThat(key(of(120).getFirst())).isFalse();
        assertThat(rig.publisher.keyFrameRequests()).isEqualTo(1);
    }

    @Test
    void anEncodingThatIsSwitchedOnAgainBeginsWithAKeyFrame() {
        rig.runUntil(SECOND);
        rig.video.active(2, false);
        rig.sent.clear();
        rig.runUntil(2 * SECOND);
        assertThat(of(130)).isEmpty();
        rig.video.active(2, true);
        rig.runUntil(3 * SECOND);
        assertThat(key(of(130).getFirst())).isTrue();
    }

    @Test
    void repeatsWhatIsAskedForOverRtx() {
        rig.runUntil(SECOND);
        Packet original = of(120).get(7);
        int seq = Rtp.sequence(original);
        rig.sent.clear();
        rig.publisher.nack(9, 120, seq, 0b10);
        List<Packet> repairs = of(121);
        assertThat(repairs).hasSize(2);
        Packet repair = repairs.getFirst();
        int at = Rtp.payloadOffset(repair);
        assertThat(Rtp.payloadType(repair)).isEqualTo(97);
        assertThat(repair.u16(at)).isEqualTo(seq);
        assertThat(repairs.getLast().u16(Rtp.payloadOffset(repairs.getLast()))).isEqualTo(seq + 2);
        assertThat(Rtp.timestamp(repair)).isEqualTo(Rtp.timestamp(original));
        assertThat(Packets.hex(repair).substring(2 * (at + 2)))
                .isEqualTo(Packets.hex(original).substring(2 * Rtp.payloadOffset(original)));
        rig.publisher.nack(9, 120, seq - 20_000, 0);
        assertThat(of(121)).as("what was never sent is not repeated").hasSize(2);
    }

    @Test
    void soundIsDenseInSpeechAndThinInSilence() {
        rig.audio.speak(false, 0, 4 * SECOND);
        rig.runUntil(4 * SECOND - 1);
        assertThat(of(100)).hasSize(10);
        rig.audio.speak(true, 4 * SECOND, 2 * SECOND);
        rig.sent.clear();
        rig.runUntil(6 * SECOND - 1);
        assertThat(of(100)).hasSizeBetween(99, 101);
        Packet loud = of(100).getLast();
        assertThat(extensions.parse(loud, SyntheticRig.IDS)).isTrue();
        int level = AudioLevel.of(loud, extensions);
        assertThat(AudioLevel.voice(level)).isTrue();
        assertThat(AudioLevel.level(level)).isBetween(20, 50);
    }

    @Test
    void aFifthOfTheTimeIsSpeech() {
        rig.audio.onTime(3600 * SECOND);
        assertThat(rig.audio.stream().sent() / 3600.0).isBetween(9.0, 15.0);
    }

    @Test
    void theSameSeedMakesTheSamePackets() {
        SyntheticRig again = new SyntheticRig(1, 30, 42);
        rig.runUntil(3 * SECOND);
        again.runUntil(3 * SECOND);
        assertThat(again.sent.toArray(byte[][]::new)).isDeepEqualTo(rig.sent.toArray(byte[][]::new));
        SyntheticRig other = new SyntheticRig(1, 30, 43);
        other.runUntil(3 * SECOND);
        assertThat(other.sent.get(5)).isNotEqualTo(rig.sent.get(5));
    }
}
