package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SeqUnwrapper;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RtpRewriterTest {
    private static final int CLOCK_RATE = 90_000;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final TrackFeed alice = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final TrackFeed bob = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final RtpRewriter rewriter = new RtpRewriter(CLOCK_RATE, Rng.seeded(3));
    private final Map<TestStream, SeqUnwrapper> unwrappers = new HashMap<>();
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private long nowNs = 5_000 * MS;

    /// The numbers of a packet as they would go out.
    private record Out(long index, int timestamp, int pictureId, int tl0PicIdx) {}

    private MediaPacket read(TestStream stream, int encoding, Packet bytes) {
        SeqUnwrapper unwrapper = unwrappers.computeIfAbsent(stream, _ -> new SeqUnwrapper());
        packet.read(bytes, encoding, unwrapper.unwrap(bytes.u16(2)), TestStream.FORMAT, structures);
        return packet;
    }

    private Out begin(TrackFeed feed, TestStream stream, int encoding) {
        rewriter.begin(feed, read(stream, encoding, stream.keyFrame()), nowNs);
        return Objects.requireNonNull(send());
    }

    private @Nullable Out next(TestStream stream, int encoding) {
        nowNs += 33 * MS;
        read(stream, encoding, stream.frame());
        return send();
    }

    private @Nullable Out send() {
        Segment segment = Objects.requireNonNull(rewriter.current());
        long index = rewriter.outIndex(packet);
        if (index < 0) {
            return null;
        }
        rewriter.sent(packet, segment, index, nowNs);
        return new Out(
                index,
                packet.timestamp() + segment.timestampOffset,
                segment.pictureId(packet) & 0x7fff,
                segment.tl0PicIdx(packet) & 0xff);
    }

    @Test
    void numbersGoOnWhenTheSourceChanges() {
        begin(alice, rig.layers[0], 0);
        Out last = Objects.requireNonNull(next(rig.layers[0], 0));
        nowNs += 100 * MS;
        Out first = begin(bob, rig.layers[2], 0);
        assertThat(first.index).isEqualTo(last.index + 1);
        assertThat(first.pictureId).isEqualTo(last.pictureId + 1 & 0x7fff);
        assertThat(first.tl0PicIdx).isEqualTo(last.tl0PicIdx + 1 & 0xff);
        assertThat(first.timestamp - last.timestamp).as("100 ms in ticks").isEqualTo(9_000);
    }

    @Test
    void encodingsOfOneSourceKeepTheDistanceOfTheirCaptures() {
        alice.senderReport(new SourceClock(0, 1_000_000, 1_000 * MS, 0));
        alice.senderReport(new SourceClock(1, 77_000_000, 1_000 * MS, 0));
        rig.layers[0].timestamp = 1_000_000 + 9_000;
        begin(alice, rig.layers[0], 0);
        nowNs += 400 * MS; // came late, was captured 20 ms after
        rig.layers[1].timestamp = 77_000_000 + 9_000 + 1_800;
        Out last = new Out(0, rewriter.lastTimestamp(), 0, 0);
        assertThat(begin(alice, rig.layers[1], 1).timestamp - last.timestamp).isEqualTo(1_800);
    }

    @Test
    void picturesThatWaitedInASendersQueueKeepTheTimeOfTheirCapture() {
        begin(alice, rig.layers[0], 0);
        int before = rewriter.lastTimestamp();
        nowNs += 6_000 * MS;
        rig.layers[0].timestamp += 4 * CLOCK_RATE;
        assertThat(begin(alice, rig.layers[0], 0).timestamp - before)
                .isEqualTo(4 * CLOCK_RATE + TestStream.FRAME_TICKS);
    }

    @Test
    void clocksThatCannotBeTrueAreNotFollowed() {
        alice.senderReport(new SourceClock(0, 0, 0, 0));
        alice.senderReport(new SourceClock(1, 0, 900_000 * MS, 0));
        begin(alice, rig.layers[0], 0);
        int before = rewriter.lastTimestamp();
        nowNs += 50 * MS;
        assertThat(begin(alice, rig.layers[1], 1).timestamp - before).isEqualTo(4_500);
    }

    @Test
    void whatWasSentBeforeTheStretchBeganIsLeftOut() {
        rig.layers[0].seq = 500;
        Packet late = rig.layers[0].frame();
        begin(alice, rig.layers[0], 0);
        read(rig.layers[0], 0, late);
        assertThat(send()).isNull();
    }

    @Test
    void aLatePacketGetsTheNumberThatWasKeptForIt() {
        Out first = begin(alice, rig.layers[1], 1);
        Packet late = rig.layers[1].frame();
        Out third = Objects.requireNonNull(next(rig.layers[1], 1));
        read(rig.layers[1], 1, late);
        Out second = Objects.requireNonNull(send());
        assertThat(second.index).isEqualTo(first.index + 1);
        assertThat(third.index).isEqualTo(first.index + 2);
        assertThat(rewriter.highestIndex()).isEqualTo(third.index);
    }

    @Test
    void whatComesLateBesideAnEmptyNumberStillCounts() {
        begin(alice, rig.layers[1], 1);
        MediaPacket late = read(rig.layers[1], 1, rig.layers[1].frame());
        long index = rewriter.outIndex(late);
        int pictureId = Objects.requireNonNull(rewriter.current()).pictureId(late);
        rewriter.filled(index + 1);
        assertThat(Objects.requireNonNull(send()).index).isEqualTo(index);
        Out next = begin(bob, rig.layers[2], 0);
        assertThat(next.index).isEqualTo(index + 2);
        assertThat(next.pictureId).isEqualTo(pictureId + 1 & 0x7fff);
    }

    @Test
    void numbersOfFormerStretchesLeadBackToTheirPackets() {
        Out a = begin(alice, rig.layers[0], 0);
        Out b = begin(alice, rig.layers[1], 1);
        Out c = begin(bob, rig.layers[2], 2);
        assertThat(rewriter.segmentOf(a.index)).extracting(s -> s.encoding).isEqualTo(0);
        assertThat(rewriter.segmentOf(b.index)).extracting(s -> s.encoding).isEqualTo(1);
        assertThat(rewriter.segmentOf(c.index)).extracting(s -> s.feed).isSameAs(bob);
        assertThat(rewriter.segmentOf(c.index + 1)).as("never sent").isNull();
        assertThat(rewriter.segmentOf(a.index - 1)).as("before the first").isNull();
    }

    @Test
    void onlyTheLastFourStretchesAreRemembered() {
        Out first = begin(alice, rig.layers[0], 0);
        for (int i = 1; i <= 4; i++) {
            begin(alice, rig.layers[i & 1], i & 1);
        }
        assertThat(rewriter.segmentOf(first.index)).isNull();
        assertThat(rewriter.segmentOf(first.index + 1)).isNotNull();
    }

    @Test
    void aHoleThatNobodyRepairsBeginsANewStretch() {
        begin(alice, rig.layers[1], 1);
        rig.layers[1].lose(127);
        assertThat(rewriter.breaksOff(read(rig.layers[1], 1, rig.layers[1].frame()), nowNs))
                .isFalse();
        send();
        rig.layers[1].lose(128);
        assertThat(rewriter.breaksOff(read(rig.layers[1], 1, rig.layers[1].frame()), nowNs))
                .isTrue();
    }

    @Test
    void wrapsOfTheSourceAndOfTheOutputAreNoHoles() {
        rig.layers[0].seq = 65_530;
        rig.layers[0].pictureId = 32_760;
        Out last = begin(alice, rig.layers[0], 0);
        for (int i = 0; i < 70_000; i++) {
            Out next = Objects.requireNonNull(next(rig.layers[0], 0));
            assertThat(next.index).isEqualTo(last.index + 1);
            assertThat(next.pictureId).isEqualTo(last.pictureId + 1 & 0x7fff);
            last = next;
        }
        assertThat(rewriter.unwrap((int) (last.index - 3) & 0xffff)).isEqualTo(last.index - 3);
        Segment segment = Objects.requireNonNull(rewriter.segmentOf(last.index - 3));
        assertThat(segment.outIndex(segment.sourceIndex(last.index - 3))).isEqualTo(last.index - 3);
    }

    @Test
    void noNumberIsGivenTwiceAndEachLeadsBackWhateverHappens() {
        Fuzz.random(300, random -> {
            RtpRewriterTest world = new RtpRewriterTest();
            TestStream[] streams = world.rig.layers;
            Set<Long> given = new HashSet<>();
            int encoding = 0;
            given.add(world.begin(world.alice, streams[0], 0).index);
            for (int i = 0; i < 200; i++) {
                if (random.nextInt(12) == 0) {
                    encoding = random.nextInt(3);
                    TrackFeed feed = random.nextBoolean() ? world.alice : world.bob;
                    assertThat(given.add(world.begin(feed, streams[encoding], encoding).index))
                            .isTrue();
                }
                streams[encoding].lose(random.nextInt(10) == 0 ? random.nextInt(20) : 0);
                Out out = Objects.requireNonNull(world.next(streams[encoding], encoding));
                assertThat(given.add(out.index)).isTrue();
                Segment segment = Objects.requireNonNull(world.rewriter.segmentOf(out.index));
                assertThat(segment.encoding).isEqualTo(encoding);
                assertThat(segment.sourceIndex(out.index)).isEqualTo(world.packet.seqIndex());
            }
        });
    }
}
