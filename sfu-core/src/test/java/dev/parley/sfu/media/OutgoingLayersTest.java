package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What one outgoing track does when its subscriber is to get fewer layers than its source has.
final class OutgoingLayersTest {
    private static final int ALL = OutgoingTrack.ALL_LAYERS;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final CaughtMedia sink = rig.sink;

    private OutgoingTrack watching(boolean rtx) {
        OutgoingTrack track = rig.track(MediaRig.format(rtx, false));
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        return track;
    }

    private void target(OutgoingTrack track, int spatial, int temporal) {
        rig.onWatcher(() -> track.target(spatial, temporal, rig.watcher.nowNs()));
    }

    private void end(OutgoingTrack track) {
        rig.onWatcher(() -> track.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
    }

    private void key(int encoding) {
        rig.camera(encoding, rig.layers[encoding].temporal(0, false, true));
    }

    private void frame(int layer) {
        rig.camera(0, rig.layers[0].temporal(layer, true, false));
    }

    @Test
    void aPausedPictureCostsNothingAndComesBackWithAKeyFrameUnderTheNextNumber() {
        OutgoingTrack track = watching(true);
        key(0);
        int last = sink.seqs().getLast();
        target(track, OutgoingTrack.NO_LAYER, ALL);
        assertThat(track.waitsForKeyFrame()).isFalse();
        assertThat(track.spatialLayer()).isEqualTo(OutgoingTrack.NO_LAYER);
        for (int i = 0; i < 200; i++) {
            frame(0);
            rig.pass(5 * MS);
        }
        rig.tick(track);
        assertThat(sink.sent).hasSize(1);
        int asked = rig.wishes.keyFrames.size();
        target(track, ALL, ALL);
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).hasSize(asked + 1);
        key(0);
        assertThat(sink.seqs().getLast()).isEqualTo(last + 1 & 0xffff);
        assertThat(track.spatialLayer()).isZero();
        end(track);
    }

    @Test
    void aWishBeforeThereIsASourceHoldsForEachThatComes() {
        OutgoingTrack track = rig.track(MediaRig.format(true, false));
        target(track, 0, 0);
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        key(0);
        frame(2);
        frame(0);
        key(2);
        assertThat(sink.sent).hasSize(2);
        assertThat(sink.seqs().getLast() - sink.seqs().getFirst()).isEqualTo(1);
        assertThat(track.temporalLayer()).isZero();
        end(track);
    }

    @Test
    void anotherEncodingIsAskedForAtOnce() {
        OutgoingTrack track = watching(true);
        key(2);
        rig.camera(1, rig.layers[1].temporal(0, false, false));
        rig.pass(1_000 * MS);
        rig.camera(1, rig.layers[1].temporal(0, false, false));
        int asked = rig.wishes.keyFrames.size();
        target(track, 1, ALL);
        rig.owner.turn(() -> rig.camera.onTime(rig.owner.nowNs(), 50 * MS));
        assertThat(rig.wishes.keyFrames).hasSize(asked + 1).endsWith(1);
        key(1);
        assertThat(track.spatialLayer()).isEqualTo(1);
        end(track);
    }

    @Test
    void aKeyFrameThatCameWhileItsEncodingStoodStillIsBegunWith() {
        OutgoingTrack track = watching(true);
        key(2);
        rig.pass(LayerSelector.SILENT_NS - 20 * MS);
        key(1);
        rig.pass(30 * MS);
        rig.camera(1, rig.layers[1].temporal(0, false, false));
        int sent = sink.sent.size();
        int asked = rig.wishes.keyFrames.size();
        rig.pass(30 * MS);
        rig.camera(1, rig.layers[1].temporal(0, false, false));
        rig.tick(track);
        assertThat(track.spatialLayer()).isEqualTo(1);
        assertThat(sink.sent).as("the key frame and what came since").hasSize(sent + 3);
        assertThat(sink.seqs().getLast()).isEqualTo(sink.seqs().getFirst() + 3 & 0xffff);
        assertThat(rig.wishes.keyFrames).hasSize(asked);
        end(track);
    }

    @Test
    void aLayerThatIsWaitedForIsNotAskedForWhileTheSourceStandsStill() {
        OutgoingTrack track = watching(true);
        target(track, ALL, 0);
        key(0);
        frame(2);
        frame(0);
        target(track, ALL, ALL);
        rig.camera(0, rig.layers[0].temporal(0, false, false));
        int asked = rig.wishes.keyFrames.size();
        for (int i = 0; i < 60; i++) {
            rig.pass(100 * MS);
            rig.tick(track);
        }
        assertThat(rig.wishes.keyFrames).hasSize(asked);
        rig.camera(0, rig.layers[0].temporal(0, false, false));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).as("it moves again").hasSize(asked + 1);
        end(track);
    }

    @Test
    void whatIsHiddenAsksForNothingAsItsViewerComes() {
        OutgoingTrack track = rig.track(MediaRig.format(true, false));
        rig.camera(0, rig.layers[0].frame());
        target(track, OutgoingTrack.NO_LAYER, ALL);
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        rig.onWatcher(() -> track.opensSoon(rig.watcher.nowNs()));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).isEmpty();
        end(track);
    }

    @Test
    void whatSubscribersNeedIsTheirPublishersToKnow() {
        OutgoingTrack one = watching(true);
        OutgoingTrack other = watching(true);
        rig.onWatcher(() -> one.need(0b001, rig.watcher.nowNs()));
        rig.onWatcher(() -> other.need(0b100, rig.watcher.nowNs()));
        rig.tick(one);
        assertThat(rig.wishes.encodings).containsExactly(0b101);
        rig.onWatcher(() -> other.show(null, rig.watcher.nowNs()));
        for (int i = 0; i < 60; i++) {
            rig.pass(100 * MS);
            rig.camera(2, rig.layers[2].frame());
            rig.camera(0, rig.layers[0].frame());
            rig.tick(one);
        }
        assertThat(rig.wishes.encodings).containsExactly(0b101, 0b001);
        end(one);
    }

    /// A frame that is left out comes after later ones: its number was kept for it.
    private CaughtMedia.Sent late(OutgoingTrack track) {
        key(0);
        target(track, ALL, 0);
        frame(2);
        Packet late = rig.layers[0].temporal(2, true, false);
        frame(0);
        rig.camera(0, late);
        CaughtMedia.Sent sent = sink.sent.getLast();
        assertThat(sent.seq()).isEqualTo(sink.seqs().getFirst() + 1 & 0xffff);
        assertThat(Rtp.payloadLength(sent.packet())).isZero();
        assertThat(Rtp.marker(sent.packet())).isFalse();
        return sent;
    }

    @Test
    void aNumberThatWasKeptForWhatIsLeftOutGoesOutEmpty() {
        OutgoingTrack track = watching(true);
        CaughtMedia.Sent empty = late(track);
        rig.onWatcher(() -> track.onNack(empty.seq(), rig.watcher.nowNs()));
        CaughtMedia.Sent again = sink.sent.getLast();
        assertThat(again.ssrc()).isEqualTo(MediaRig.RTX_SSRC);
        assertThat(again.packet().u16(again.headerLength())).isEqualTo(empty.seq());
        assertThat(Rtp.payloadLength(again.packet()))
                .as("nothing but the number")
                .isEqualTo(2);
        frame(0);
        assertThat(new HashSet<>(sink.all(CaughtMedia.Sent::index))).hasSize(sink.sent.size());
        end(track);
    }

    @Test
    void withoutRtxTheEmptyPacketIsRepeatedAsItIs() {
        OutgoingTrack track = watching(false);
        CaughtMedia.Sent empty = late(track);
        rig.onWatcher(() -> track.onNack(empty.seq(), rig.watcher.nowNs()));
        assertThat(sink.sent.getLast().again()).isTrue();
        assertThat(sink.sent.getLast().bytes()).isEqualTo(empty.bytes());
        end(track);
    }

    @Test
    void aKeptNumberAtTheEndOfAStretchIsNotUsedForTheNext() {
        OutgoingTrack track = watching(true);
        key(0);
        target(track, 0, 0);
        frame(2);
        Packet late = rig.layers[0].temporal(2, true, false);
        frame(2);
        rig.camera(0, late);
        target(track, ALL, ALL);
        key(2);
        assertThat(sink.sent).hasSize(3);
        assertThat(new HashSet<>(sink.all(CaughtMedia.Sent::index))).hasSize(3);
        end(track);
    }

    @Test
    void whatWasLeftOutIsRepairedByTheRightPackets() {
        OutgoingTrack track = watching(true);
        key(0);
        target(track, ALL, 1);
        List<Integer> layers = List.of(2, 1, 2, 0, 2, 1, 2, 0);
        layers.forEach(this::frame);
        assertThat(sink.sent).hasSize(5);
        for (CaughtMedia.Sent sent : List.copyOf(sink.sent)) {
            rig.onWatcher(() -> track.onNack(sent.seq(), rig.watcher.nowNs()));
            CaughtMedia.Sent again = sink.sent.getLast();
            assertThat(again.pictureId(2)).isEqualTo(sent.pictureId(0));
            assertThat(again.timestamp()).isEqualTo(sent.timestamp());
        }
        assertThat(sink.sent.subList(0, 5).stream()
                        .map(sent -> sent.pictureId(0) - sink.sent.getFirst().pictureId(0)))
                .containsExactly(0, 1, 2, 3, 4);
        end(track);
    }

    @Test
    @DisplayName("hostile C06 a storm of key-frame requests: one reaches the publisher each 500 ms and layer")
    void hostile_C06_keyFrameRequestStorm() {
        List<OutgoingTrack> tracks = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            tracks.add(watching(true));
        }
        key(0);
        rig.pass(1_000 * MS);
        rig.wishes.keyFrames.clear();
        for (int ms = 0; ms < 5_000; ms++) {
            int at = ms;
            rig.onWatcher(() -> {
                tracks.getFirst().onKeyFrameRequest(rig.watcher.nowNs());
                if (at % 1_000 == 0) {
                    tracks.forEach(track -> track.onKeyFrameRequest(rig.watcher.nowNs()));
                }
            });
            rig.owner.turn(() -> rig.camera.onTime(rig.owner.nowNs(), 50 * MS));
            rig.pass(MS);
        }
        assertThat(rig.wishes.keyFrames).hasSizeBetween(5, 10).containsOnly(0);
        rig.onWatcher(() -> tracks.forEach(track -> track.close(rig.watcher.nowNs())));
    }

    @Test
    @DisplayName("hostile C11 numbers, times and layers that jump in all directions break their own track only")
    void hostile_C11_numbersWithoutSense() {
        OutgoingTrack track = watching(true);
        OutgoingTrack voice = rig.audio();
        rig.onWatcher(() -> voice.show(rig.microphone, rig.watcher.nowNs()));
        key(0);
        int[] count = {0};
        HashSet<Long> indices = new HashSet<>();
        Fuzz.random(Fuzz.runs(200_000), random -> {
            TestStream stream = rig.layers[0];
            if (random.nextInt(8) == 0) {
                stream.seq =
                        random.nextBoolean() ? random.nextInt(1 << 16) : stream.seq + random.nextInt(-20, 20) & 0xffff;
            }
            stream.timestamp = random.nextInt(4) == 0 ? random.nextInt() : stream.timestamp;
            stream.pictureId = random.nextInt(8) == 0 ? random.nextInt(1 << 15) : stream.pictureId;
            rig.camera(0, stream.temporal(random.nextInt(4), random.nextBoolean(), random.nextInt(20) == 0));
            if (random.nextInt(50) == 0) {
                target(track, random.nextInt(-1, 3), random.nextInt(4));
                rig.onWatcher(() -> track.onNack(random.nextInt(1 << 16), rig.watcher.nowNs()));
                rig.pass(random.nextLong(700 * MS));
                rig.tick(track);
            }
            for (CaughtMedia.Sent sent : sink.sent) {
                boolean media = sent.ssrc() == MediaRig.SSRC && sent.payloadType() == MediaRig.VP8;
                assertThat(!media || indices.add(sent.index()))
                        .as("no number twice")
                        .isTrue();
            }
            sink.sent.clear();
            if (count[0]++ % 1_000 == 0) {
                rig.microphone(rig.voice.opus(20));
                assertThat(sink.all(CaughtMedia.Sent::payloadType)).containsExactly(MediaRig.OPUS);
                sink.sent.clear();
            }
        });
    }
}
