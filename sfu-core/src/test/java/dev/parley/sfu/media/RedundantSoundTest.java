package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.RedPayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sound with copies of earlier frames (RFC 2198), both ways: what a publisher repeats, and what a listener gets.
final class RedundantSoundTest {
    private static final int RED = 122;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final TestVoice voice = new TestVoice(rig.owner.packets());
    private final Downlink downlink = new Downlink(rig.limits, 0);
    private final OutgoingTrack reads = track(true);

    private OutgoingTrack track(boolean red) {
        PayloadType opus = TestStream.type(MediaRig.OPUS, Codec.OPUS, PayloadType.NO_RTX);
        PayloadType withCopies = TestStream.type(RED, Codec.RED, PayloadType.NO_RTX);
        OutgoingFormat format = new OutgoingFormat(
                MediaKind.AUDIO,
                new Mid("a"),
                MediaRig.SSRC,
                0,
                red ? List.of(opus, withCopies) : List.of(opus),
                ExtensionIds.NONE,
                false);
        return new OutgoingTrack(
                format, rig.feeds, rig.sink, downlink, rig.watcher.counters(), rig.limits, Rng.seeded(1));
    }

    private void listen(OutgoingTrack track) {
        rig.microphone.changeFormat(TestVoice.FORMAT);
        rig.microphone.encoding(0).bind(TestVoice.SSRC, false);
        rig.onWatcher(() -> track.show(rig.microphone, rig.watcher.nowNs()));
    }

    private void lossy(double share) {
        downlink.loss().reported((int) (share * 256), 250, 0);
    }

    private void say(int... lengths) {
        for (int length : lengths) {
            rig.pass(20 * MS);
            rig.microphone(voice.next(length));
        }
    }

    private void end() {
        rig.onWatcher(() -> reads.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
    }

    /// Whose frames, by their numbers, are in a packet: copies first, as a listener takes it apart.
    private List<Integer> frames(CaughtMedia.Sent sent) {
        Packet packet = sent.packet();
        List<Integer> frames = new ArrayList<>();
        int at = sent.headerLength();
        int length = packet.length() - at;
        if (sent.payloadType() == MediaRig.OPUS) {
            return List.of(TestVoice.number(packet, at, length));
        }
        assertThat(sent.payloadType()).isEqualTo(RED);
        RedPayload red = new RedPayload();
        assertThat(red.parse(packet, at, length)).isTrue();
        for (int i = 0; i < red.redundantBlocks(); i++) {
            assertThat(red.payloadType(i)).isEqualTo(MediaRig.OPUS);
            int number = TestVoice.number(packet, red.offset(i), red.length(i));
            int primary = TestVoice.number(packet, red.primaryOffset(), red.primaryLength());
            assertThat(red.timestampOffset(i)).isEqualTo((primary - number) * TestVoice.FRAME_TICKS);
            frames.add(number);
        }
        frames.add(TestVoice.number(packet, red.primaryOffset(), red.primaryLength()));
        return frames;
    }

    private List<List<Integer>> heard() {
        return rig.sink.sent.stream().map(this::frames).toList();
    }

    @Test
    void aWayThatLosesNothingGetsPlainOpus() {
        listen(reads);
        say(80, 80, 80);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(rig.sink.all(CaughtMedia.Sent::payloadType)).containsOnly(MediaRig.OPUS);
        end();
    }

    @Test
    void theMoreIsLostTheMoreFramesGoOutAgainUnderContinuousNumbers() {
        listen(reads);
        say(80, 80, 80, 80);
        lossy(0.03);
        say(80);
        lossy(0.1);
        say(80);
        lossy(0.5);
        say(80, 80);
        assertThat(heard().subList(4, 8))
                .containsExactly(List.of(3, 4), List.of(3, 4, 5), List.of(3, 4, 5, 6), List.of(4, 5, 6, 7));
        int first = rig.sink.seqs().getFirst();
        assertThat(rig.sink.seqs())
                .containsExactly(first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
        assertThat(rig.watcher.counters().get(SfuCounter.RED_SENT)).isEqualTo(4);
        end();
    }

    @Test
    void silenceIsNotRepeatedAndASpeechIsToItsLastFrame() {
        listen(reads);
        lossy(0.5);
        say(80, 80, 2, 2, 2, 2, 80);
        assertThat(heard())
                .containsExactly(
                        List.of(0),
                        List.of(0, 1),
                        List.of(0, 1, 2),
                        List.of(0, 1, 3),
                        List.of(1, 4),
                        List.of(5),
                        List.of(6));
        end();
    }

    @Test
    void whatIsLongAgoIsNotRepeated() {
        listen(reads);
        lossy(0.5);
        say(80);
        voice.pause(10);
        say(80);
        voice.pause(6);
        say(80);
        assertThat(heard()).containsExactly(List.of(0), List.of(11), List.of(18));
        end();
    }

    @Test
    void framesThatDoNotFitAreLeftOutTheOldestFirst() {
        listen(reads);
        lossy(0.5);
        say(500, 500, 300, 500, 1_100, 1_024, 40);
        assertThat(heard())
                .containsExactly(
                        List.of(0), List.of(0, 1), List.of(1, 2), List.of(2, 3), List.of(4), List.of(5), List.of(3, 6));
        assertThat(rig.sink.sent)
                .allSatisfy(sent -> assertThat(sent.bytes().length + rig.sink.overheadBytes())
                        .isLessThanOrEqualTo(1_232));
        end();
    }

    @Test
    void aNewVoiceRepeatsNothingOfBeforeItsTurn() {
        OutgoingTrack other = track(false);
        listen(other);
        lossy(0.5);
        say(80, 80);
        rig.sink.sent.clear();
        rig.onWatcher(() -> reads.show(rig.microphone, rig.watcher.nowNs()));
        rig.onWatcher(() -> other.close(rig.watcher.nowNs()));
        say(80, 80);
        assertThat(heard()).containsExactly(List.of(2), List.of(2, 3));
        end();
    }

    @Test
    void aPublishersCopiesAreTakenOffForWhoeverReadsNone() {
        OutgoingTrack plain = track(false);
        listen(plain);
        lossy(0.5);
        voice.copies = 2;
        say(80, 80, 80);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(2));
        rig.onWatcher(() -> plain.close(rig.watcher.nowNs()));
        assertThat(rig.sink.undecodable).isEmpty();
        assertThat(rig.wishes.codecs).containsExactly(Codec.OPUS);
        end();
    }

    @Test
    void aPublishersCopiesAreReplacedByThoseThatTheListenerNeeds() {
        listen(reads);
        voice.copies = 1;
        say(80, 80, 80);
        lossy(0.5);
        say(80);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(2), List.of(0, 1, 2, 3));
        end();
    }

    @Test
    void whatIsLostOnTheWayToUsIsMadeAgainOfLaterCopies() {
        listen(reads);
        voice.copies = 2;
        say(80, 81);
        voice.lose(2);
        say(82);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4));
        int first = rig.sink.seqs().getFirst();
        assertThat(rig.sink.seqs()).containsExactly(first, first + 1, first + 2, first + 3, first + 4);
        assertThat(rig.sink.all(CaughtMedia.Sent::timestamp).get(2)
                        - rig.sink.all(CaughtMedia.Sent::timestamp).get(1))
                .isEqualTo(TestVoice.FRAME_TICKS);
        assertThat(rig.owner.counters().get(SfuCounter.RED_RECOVERED)).isEqualTo(2);
        assertThat(rig.microphone.encoding(0).statistics().lostPackets())
                .as("the publisher's way has lost them")
                .isEqualTo(2);
        end();
    }

    @Test
    void moreThanTheCopiesReachLeavesAHole() {
        listen(reads);
        voice.copies = 1;
        say(80, 80);
        voice.lose(3);
        say(80);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(4), List.of(5));
        assertThat(rig.sink.seqs().getLast() - rig.sink.seqs().getFirst()).isEqualTo(5);
        end();
    }

    @Test
    void aPacketThatWasOvertakenCountsAsCome() {
        listen(reads);
        voice.copies = 1;
        say(80, 80);
        Packet late = voice.next(80);
        say(80);
        rig.microphone(late);
        say(80);
        assertThat(heard()).containsExactly(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4));
        assertThat(rig.microphone.encoding(0).statistics().lostPackets()).isZero();
        assertThat(rig.microphone.encoding(0).statistics().receivedPackets()).isEqualTo(5);
        end();
    }

    @Test
    void nothingIsMadeOfBeforeTheFirstPacket() {
        voice.copies = 3;
        voice.lose(5);
        listen(reads);
        say(80);
        assertThat(heard()).containsExactly(List.of(5));
        end();
    }

    @Test
    void brokenRedundancyIsDroppedAndCounted() {
        listen(reads);
        voice.copies = 1;
        say(80, 80);
        Packet broken = voice.next(80);
        broken.length(Rtp.payloadOffset(broken) + 3);
        rig.microphone(broken);
        assertThat(rig.owner.counters().get(SfuCounter.RTP_MALFORMED)).isEqualTo(1);
        say(80);
        assertThat(heard()).contains(List.of(3));
        end();
    }

    /// Any payload under the number of redundant sound: no packet that goes out is too long or malformed, nothing is
    /// lost of the pool, and the next honest frame is heard.
    @Test
    void survivesAnyRedundancy() {
        listen(reads);
        lossy(0.5);
        voice.copies = 3;
        say(80, 80, 80, 80);
        byte[] honest = payload(voice.next(80));
        int[] count = {0};
        Fuzz.mutations(Fuzz.runs(200_000), List.of(honest, new byte[] {111, 1}), bytes -> {
            rig.sink.sent.clear();
            voice.lose(count[0] % 5 == 0 ? 2 : 0);
            rig.microphone(voice.raw(Arrays.copyOf(bytes, Math.min(bytes.length, 1_400))));
            rig.sink.sent.forEach(sent -> {
                assertThat(sent.bytes().length).isLessThan(1_500);
                if (sent.payloadType() == RED) {
                    int length = sent.bytes().length - sent.headerLength();
                    assertThat(new RedPayload().parse(sent.packet(), sent.headerLength(), length))
                            .isTrue();
                }
            });
            if (count[0]++ % 100 == 0) {
                rig.pass(20 * MS);
            }
        });
        rig.sink.sent.clear();
        voice.pause(10);
        say(80);
        assertThat(heard()).containsExactly(List.of(voice.frame - 1 & 0xff));
        end();
    }

    private static byte[] payload(Packet packet) {
        byte[] payload = Arrays.copyOfRange(packet.array(), Rtp.payloadOffset(packet), packet.length());
        packet.release();
        return payload;
    }

    @Test
    void neitherCopiesNorWhatIsMadeAgainAllocates() {
        listen(reads);
        lossy(0.5);
        voice.copies = 2;
        say(80);
        rig.owner.turn(() -> {
            rig.sink.forgets = true;
            assertThat(Allocations.of(20_000, () -> {
                        voice.lose(1);
                        Packet packet = voice.next(80);
                        rig.microphone.accept(packet, 0, rig.owner.nowNs());
                        packet.release();
                    }))
                    .isZero();
        });
        assertThat(rig.owner.counters().get(SfuCounter.RED_RECOVERED)).isGreaterThan(20_000);
        end();
    }
}
