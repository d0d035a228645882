package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import org.junit.jupiter.api.Test;

final class IncomingTrackTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final IncomingTrack camera = rig.camera;

    private void ask() {
        rig.owner.turn(() -> camera.onTime(rig.owner.nowNs(), 40 * MS));
    }

    @Test
    void aPacketThatComesTwiceCountsOnce() {
        Packet packet = rig.layers[0].keyFrame();
        byte[] bytes = packet.toBytes();
        rig.camera(0, packet);
        rig.camera(0, rig.owner.packets().take(bytes));
        assertThat(camera.encoding(0).statistics().receivedPackets()).isEqualTo(1);
        assertThat(rig.owner.counters().get(SfuCounter.RTP_DUPLICATE)).isEqualTo(1);
    }

    @Test
    void missingPacketsAreAskedFor() {
        rig.camera(0, rig.layers[0].keyFrame());
        int missing = rig.layers[0].seq;
        rig.layers[0].lose(2);
        rig.camera(0, rig.layers[0].frame());
        rig.pass(10 * MS);
        ask();
        assertThat(rig.wishes.missing.stream().map(i -> (int) (i & 0xffff)).sorted())
                .containsExactly(missing, missing + 1);
    }

    @Test
    void whatIsBeyondRepairNeedsAKeyFrameIfAnybodyWatches() {
        rig.camera(0, rig.layers[0].keyFrame());
        rig.layers[0].lose(500);
        rig.camera(0, rig.layers[0].frame());
        ask();
        assertThat(rig.wishes.keyFrames).as("nobody watches").isEmpty();
        rig.owner.turn(() -> camera.subscribe(new TrackFeed(camera, rig.owner, rig.limits)));
        rig.layers[0].lose(500);
        rig.camera(0, rig.layers[0].frame());
        ask();
        assertThat(rig.wishes.keyFrames).containsExactly(0);
    }

    @Test
    void aKeyFrameThatComesMeanwhileIsNotAskedFor() {
        rig.owner.turn(() -> camera.keyFrameWanted(0));
        assertThat(camera.nextTimeNs()).as("nothing to ask before it has begun").isEqualTo(Deadlines.NEVER);
        rig.camera(0, rig.layers[0].keyFrame());
        ask();
        assertThat(rig.wishes.keyFrames).isEmpty();
        rig.owner.turn(() -> camera.keyFrameWanted(0));
        rig.camera(0, rig.layers[0].frame());
        ask();
        assertThat(rig.wishes.keyFrames).containsExactly(0);
    }

    @Test
    void manyWishesAreOneRequestInHalfASecond() {
        rig.camera(0, rig.layers[0].keyFrame());
        for (int i = 0; i < 1_000; i++) {
            rig.owner.turn(() -> camera.keyFrameWanted(0));
            ask();
            rig.pass(MS);
        }
        assertThat(rig.wishes.keyFrames).hasSize(2);
        assertThat(rig.owner.counters().get(SfuCounter.KEY_FRAME_REQUESTS_IN)).isEqualTo(1_000);
    }

    @Test
    void tellsTheCodecThatArrivesButNotWithEachPacket() {
        rig.camera(0, rig.layers[0].keyFrame());
        for (int i = 0; i < 1_000; i++) {
            rig.camera(0, i % 2 == 0 ? rig.layers[0].h264() : rig.layers[0].vp9());
            rig.pass(MS);
        }
        assertThat(rig.wishes.codecs.getFirst()).isEqualTo(Codec.VP8);
        assertThat(rig.wishes.codecs).hasSizeBetween(2, 3);
        rig.pass(500 * MS);
        rig.camera(0, rig.layers[0].keyFrame());
        assertThat(camera.codec()).isEqualTo(Codec.VP8);
    }

    @Test
    void tellsHowLoudItIs() {
        rig.microphone(rig.voice.opus(23));
        rig.microphone(rig.voice.opus(10));
        assertThat(rig.wishes.levels).containsExactly(23);
        rig.pass(100 * MS);
        rig.microphone(rig.voice.opus(127));
        assertThat(rig.wishes.levels).containsExactly(23, 10);
    }

    @Test
    void anEncodingThatComesUnderAnotherSsrcGoesOn() {
        OutgoingTrack bob = rig.video();
        rig.onWatcher(() -> bob.show(camera, rig.watcher.nowNs()));
        TestStream before = rig.stream(500, 60_000);
        camera.encoding(0).bind(500, true);
        rig.camera(0, before.keyFrame());
        TestStream after = rig.stream(501, 100);
        camera.encoding(0).bind(501, true);
        rig.camera(0, after.frame());
        rig.camera(0, after.keyFrame());
        rig.camera(0, after.frame());
        assertThat(camera.encoding(0).statistics().receivedPackets()).isEqualTo(3);
        assertThat(camera.encoding(0).statistics().lostPackets()).isZero();
        int first = rig.sink.seqs().getFirst();
        assertThat(rig.sink.seqs()).containsExactly(first, first + 1, first + 2);
        rig.onWatcher(() -> bob.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void nothingOfAHeldTrackGoesOutAndItsPublisherIsServedAsBefore() {
        TrackFeed feed = new TrackFeed(camera, rig.owner, rig.limits);
        rig.owner.turn(() -> camera.subscribe(feed));
        rig.camera(0, rig.layers[0].keyFrame());
        long before = feed.highest(0);
        camera.hold(true);
        rig.camera(0, rig.layers[0].frame());
        rig.layers[0].lose(1);
        rig.camera(0, rig.layers[0].frame());
        assertThat(feed.highest(0)).isEqualTo(before);
        assertThat(camera.encoding(0).statistics().receivedPackets()).isGreaterThan(1);
        rig.pass(10 * MS);
        ask();
        assertThat(rig.wishes.missing).hasSize(1);
        camera.hold(false);
        rig.camera(0, rig.layers[0].frame());
        assertThat(feed.highest(0)).isGreaterThan(before);
    }
}
