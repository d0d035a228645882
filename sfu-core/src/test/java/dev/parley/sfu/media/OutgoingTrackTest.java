package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutgoingTrackTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final CaughtMedia sink = rig.sink;

    private OutgoingTrack watching(boolean rtx) {
        OutgoingTrack track = rig.track(MediaRig.format(rtx, false));
        show(track, rig.camera);
        return track;
    }

    private void show(OutgoingTrack track, IncomingTrack source) {
        rig.onWatcher(() -> track.show(source, rig.watcher.nowNs()));
    }

    private void end(OutgoingTrack track) {
        rig.onWatcher(() -> track.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
        assertThat(rig.feeds.size()).isZero();
    }

    private void key(int layer) {
        rig.camera(layer, rig.layers[layer].keyFrame());
    }

    private void frame(int layer) {
        rig.camera(layer, rig.layers[layer].frame());
    }

    @Test
    void asksForKeyFramesWhenASourceIsShownAndBeginsWithTheFirst() {
        frame(0);
        OutgoingTrack track = watching(true);
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).containsExactly(0);
        frame(0);
        assertThat(sink.sent).isEmpty();
        key(0);
        frame(0);
        assertThat(sink.sent).hasSize(2);
        end(track);
    }

    @Test
    void asksAgainWhileItWaitsButNotOftenerThanTheLimit() {
        frame(0);
        OutgoingTrack track = watching(true);
        for (int i = 0; i < 30; i++) {
            rig.tick(track);
            frame(0);
            rig.pass(100 * MS);
        }
        assertThat(rig.wishes.keyFrames).hasSize(6);
        key(0);
        rig.pass(10_000 * MS);
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).hasSize(6);
        assertThat(track.waitsForKeyFrame()).isFalse();
        end(track);
    }

    @Test
    void nothingIsCountedAndNoKeyFrameWastedBeforePacketsCanLeave() {
        sink.open = false;
        OutgoingTrack track = watching(true);
        key(0);
        frame(0);
        rig.tick(track);
        assertThat(sink.sent).isEmpty();
        assertThat(rig.wishes.keyFrames).isEmpty();
        assertThat(track.waitsForKeyFrame()).isFalse();
        sink.open = true;
        assertThat(track.waitsForKeyFrame()).isTrue();
        rig.pass(TrackFeed.RECENT_NS);
        frame(0);
        assertThat(sink.sent).as("in the middle of a picture").isEmpty();
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).containsExactly(0);
        key(0);
        assertThat(sink.sent).hasSize(1);
        end(track);
    }

    @Test
    void whoCanReceiveSoonAsksAheadAndBeginsWithTheKeyFrameThatCameMeanwhile() {
        sink.open = false;
        frame(0);
        OutgoingTrack track = watching(true);
        rig.onWatcher(() -> track.opensSoon(rig.watcher.nowNs()));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).containsExactly(0);
        key(0);
        frame(0);
        rig.pass(100 * MS);
        frame(0);
        assertThat(sink.sent).isEmpty();
        sink.open = true;
        rig.tick(track);
        frame(0);
        assertThat(sink.sent).hasSize(4);
        assertThat(sink.seqs().getLast() - sink.seqs().getFirst()).isEqualTo(3);
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).as("nobody waits any longer").containsExactly(0);
        end(track);
    }

    @Test
    void aPictureThatFindsNoRoomPausesAndComesBackWithAKeyFrameUnderTheNextNumber() {
        OutgoingTrack track = watching(true);
        key(0);
        frame(0);
        int wishes = rig.wishes.keyFrames.size();
        sink.takesPictures = false;
        frame(0);
        frame(0);
        int last = sink.seqs().getLast();
        rig.onWatcher(() -> track.onNack(last, rig.watcher.nowNs()));
        rig.pass(2 * TrackFeed.RECENT_NS);
        rig.tick(track);
        assertThat(sink.sent).as("nothing new, nothing again").hasSize(2);
        assertThat(rig.wishes.keyFrames).as("one that could not leave").hasSize(wishes);
        sink.takesPictures = true;
        frame(0);
        rig.tick(track);
        assertThat(sink.sent).hasSize(2);
        assertThat(rig.wishes.keyFrames).hasSize(wishes + 1);
        key(0);
        assertThat(sink.sent).hasSize(3);
        assertThat(sink.seqs().getLast()).isEqualTo((last + 1) & 0xffff);
        assertThat(sink.kinds).containsExactly(MediaKind.VIDEO);
        end(track);
    }

    @Test
    void aVoiceAsksNobodyForRoom() {
        sink.takesPictures = false;
        OutgoingTrack track = rig.audio();
        rig.onWatcher(() -> track.show(rig.microphone, rig.watcher.nowNs()));
        rig.microphone(rig.voice.opus(20));
        rig.microphone(rig.voice.opus(20));
        assertThat(sink.sent).hasSize(2);
        assertThat(sink.kinds).containsExactly(MediaKind.AUDIO);
        end(track);
    }

    @Test
    void aSecondViewerBeginsWithTheKeyFrameThatTheFirstHasGot() {
        OutgoingTrack first = watching(true);
        key(0);
        frame(0);
        sink.sent.clear();
        OutgoingTrack second = watching(true);
        assertThat(sink.sent).hasSize(2);
        rig.tick(second);
        assertThat(rig.wishes.keyFrames).isEmpty();
        rig.onWatcher(() -> first.close(rig.watcher.nowNs()));
        end(second);
    }

    @Test
    void aLatePacketOfTheLayerThatWasLeftStillFillsItsHole() {
        OutgoingTrack track = watching(true);
        key(0);
        Packet late = rig.layers[0].frame();
        frame(0);
        key(2);
        frame(0);
        assertThat(sink.sent).hasSize(3);
        rig.camera(0, late);
        int first = sink.seqs().getFirst();
        assertThat(sink.seqs()).containsExactly(first, first + 2, first + 3, first + 1);
        end(track);
    }

    @Test
    void aRecentKeyFrameWithAHoleBehindItIsNoBegin() {
        OutgoingTrack first = watching(true);
        key(0);
        Packet late = rig.layers[0].frame();
        frame(0);
        sink.sent.clear();
        OutgoingTrack second = watching(true);
        assertThat(sink.sent).isEmpty();
        rig.camera(0, late);
        sink.sent.clear();
        rig.tick(second);
        assertThat(sink.sent).as("it was repaired").hasSize(3);
        rig.onWatcher(() -> first.close(rig.watcher.nowNs()));
        end(second);
    }

    @Test
    void aKeyFrameThatIsLongPastIsNotSentToNewViewers() {
        OutgoingTrack first = watching(true);
        key(0);
        rig.pass(rig.limits.keyFrameIntervalNs());
        frame(0);
        sink.sent.clear();
        OutgoingTrack second = watching(true);
        rig.tick(second);
        assertThat(sink.sent).isEmpty();
        assertThat(rig.wishes.keyFrames).containsExactly(0);
        rig.onWatcher(() -> first.close(rig.watcher.nowNs()));
        end(second);
    }

    @Test
    void aPauseOfTheSubscriberLeavesNoHole() {
        OutgoingTrack track = watching(true);
        key(0);
        sink.open = false;
        for (int i = 0; i < 50; i++) {
            frame(0);
        }
        sink.open = true;
        key(0);
        assertThat(sink.seqs()).hasSize(2);
        assertThat(sink.seqs().getLast() - sink.seqs().getFirst()).isEqualTo(1);
        end(track);
    }

    @Test
    void anotherSourceGoesOnWithTheSameNumbers() {
        OutgoingTrack track = watching(true);
        key(2);
        frame(2);
        IncomingTrack bob = new IncomingTrack(
                "bob", rig.camera.kind(), 1, TestStream.FORMAT, rig.owner, rig.limits, new RecordedTrack());
        show(track, bob);
        TestStream bobs = rig.stream(77, 9_000);
        rig.owner.turn(() -> {
            Packet packet = bobs.keyFrame();
            bob.accept(packet, 0, rig.owner.nowNs());
            packet.release();
        });
        frame(2);
        List<Integer> seqs = sink.seqs();
        assertThat(seqs).hasSize(3);
        assertThat(seqs.get(2)).isEqualTo(seqs.get(0) + 2);
        assertThat(sink.all(s -> s.pictureId(0)).get(2))
                .isEqualTo(sink.all(s -> s.pictureId(0)).get(0) + 2 & 0x7fff);
        end(track);
    }

    @Test
    void toldOnceWhatItCannotDecodeAndNobodyIsAskedForKeyFramesOfIt() {
        OutgoingTrack track = watching(true);
        key(0);
        int asked = rig.wishes.keyFrames.size();
        for (int i = 0; i < 20; i++) {
            rig.camera(0, rig.layers[0].vp9());
            rig.camera(0, rig.layers[0].h264());
            rig.pass(600 * MS);
            rig.tick(track);
        }
        assertThat(sink.undecodable).containsExactly(Codec.VP9, Codec.H264);
        assertThat(rig.wishes.keyFrames).hasSize(asked);
        assertThat(sink.sent).hasSize(1);
        end(track);
    }

    @Test
    void whatCouldNotBeDecodedLeavesNoHole() {
        OutgoingTrack track = watching(true);
        key(0);
        for (int i = 0; i < 10; i++) {
            rig.camera(0, rig.layers[0].vp9());
        }
        frame(0);
        assertThat(sink.sent).as("begins with a key frame again").hasSize(1);
        key(0);
        assertThat(sink.seqs().get(1)).isEqualTo(sink.seqs().get(0) + 1);
        end(track);
    }

    @Test
    void aFurtherOfferMayBringTheCodec() {
        OutgoingTrack track = watching(true);
        rig.camera(0, rig.layers[0].vp9());
        rig.onWatcher(() -> track.changeFormat(MediaRig.format(true, true)));
        assertThat(track.waitsForKeyFrame()).isTrue();
        rig.camera(0, rig.layers[0].vp9());
        assertThat(sink.sent.getFirst().payloadType()).isEqualTo(99);
        end(track);
    }

    @Test
    void aMissingPacketComesAgainOverRtx() {
        OutgoingTrack track = watching(true);
        key(0);
        frame(0);
        frame(0);
        CaughtMedia.Sent missed = sink.sent.get(1);
        rig.onWatcher(() -> track.onNack(missed.seq(), rig.watcher.nowNs()));
        CaughtMedia.Sent again = sink.sent.get(3);
        assertThat(again.ssrc()).isEqualTo(MediaRig.RTX_SSRC);
        assertThat(again.packet().u16(again.headerLength())).isEqualTo(missed.seq());
        assertThat(again.pictureId(2)).isEqualTo(missed.pictureId(0));
        assertThat(again.timestamp()).isEqualTo(missed.timestamp());
        end(track);
    }

    @Test
    void whatIsNotKeptAnyMoreIsRepairedByAKeyFrame() {
        OutgoingTrack track = watching(true);
        key(0);
        frame(0);
        int missed = sink.seqs().getLast();
        rig.pass(2_000 * MS);
        frame(0);
        int wishes = rig.wishes.keyFrames.size();
        rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).hasSize(wishes + 1);
        key(0);
        rig.pass(2_000 * MS);
        rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).as("the picture has begun anew since").hasSize(wishes + 1);
        assertThat(sink.sent).hasSize(4);
        end(track);
    }

    @Test
    void afterAnOutageThePictureBeginsAnewAndTheViewerSeesNoHole() {
        OutgoingTrack track = watching(true);
        key(0);
        frame(0);
        int last = sink.seqs().getLast();
        rig.pass(5_000 * MS);
        rig.layers[0].lose(40);
        frame(0);
        assertThat(sink.sent).as("nothing that cannot be decoded").hasSize(2);
        int wishes = rig.wishes.keyFrames.size();
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).hasSize(wishes + 1);
        key(0);
        assertThat(sink.seqs().getLast()).isEqualTo((last + 1) & 0xffff);
        end(track);
    }

    @Test
    void aPauseInWhichNothingWasLostIsNoOutage() {
        OutgoingTrack track = watching(true);
        key(0);
        rig.pass(5_000 * MS);
        frame(0);
        assertThat(sink.sent).hasSize(2);
        end(track);
    }

    @Test
    void aPacketOfAFormerSourceComesAgainWithTheNumbersOfItsTime() {
        OutgoingTrack track = watching(true);
        key(0);
        CaughtMedia.Sent first = sink.sent.getFirst();
        key(2);
        rig.onWatcher(() -> track.onNack(first.seq(), rig.watcher.nowNs()));
        CaughtMedia.Sent again = sink.sent.getLast();
        assertThat(again.packet().u16(again.headerLength())).isEqualTo(first.seq());
        assertThat(again.timestamp()).isEqualTo(first.timestamp());
        assertThat(again.bytes()).endsWith(tail(first.bytes()));
        end(track);
    }

    private static byte[] tail(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bytes.length - 35, bytes.length);
    }

    @Test
    void withoutRtxTheSameBytesAreSentAgain() {
        OutgoingTrack track = watching(false);
        key(0);
        frame(0);
        CaughtMedia.Sent missed = sink.sent.getFirst();
        rig.onWatcher(() -> track.onNack(missed.seq(), rig.watcher.nowNs()));
        assertThat(sink.sent.getLast().again()).isTrue();
        assertThat(sink.sent.getLast().bytes()).isEqualTo(missed.bytes());
        end(track);
    }

    @Test
    void whatWasNotSentIsNotSentAgain() {
        OutgoingTrack track = watching(false);
        key(0);
        int seq = sink.seqs().getFirst();
        sink.refuses = true;
        frame(0);
        sink.refuses = false;
        rig.onWatcher(() -> {
            track.onNack(seq + 1 & 0xffff, 0);
            track.onNack(seq + 2 & 0xffff, 0);
            track.onNack(seq - 1 & 0xffff, 0);
        });
        assertThat(sink.sent).hasSize(1);
        end(track);
    }

    @Test
    void aNackStormIsAnsweredAFewTimesAPacket() {
        OutgoingTrack track = watching(true);
        key(0);
        int seq = sink.seqs().getFirst();
        for (int i = 0; i < 1_000; i++) {
            rig.onWatcher(() -> track.onNack(seq, rig.watcher.nowNs()));
            rig.pass(MS / 2);
        }
        assertThat(sink.sent).hasSize(1 + rig.limits.resendsPerPacket());
        assertThat(rig.watcher.counters().get(SfuCounter.NACK_RECEIVED)).isEqualTo(1_000);
        end(track);
    }

    @Test
    void theReportIsDueWithTheFirstPacketOfASource() {
        OutgoingTrack track = watching(true);
        assertThat(sink.due).isZero();
        key(0);
        assertThat(sink.due).isEqualTo(1);
        assertThat(track.reports().take(rig.watcher.nowNs())).isTrue();
        frame(0);
        assertThat(sink.due).isEqualTo(1);
        end(track);
    }

    @Test
    void aDecoderThatCannotGoOnGetsAKeyFrame() {
        OutgoingTrack track = watching(true);
        key(0);
        rig.pass(1_000 * MS);
        rig.onWatcher(() -> track.onKeyFrameRequest(rig.watcher.nowNs()));
        rig.tick(track);
        assertThat(rig.wishes.keyFrames).containsExactly(0);
        end(track);
    }

    @Test
    void soundIsForwardedFromAnyPacketOnAndNeverAsksForKeyFrames() {
        OutgoingTrack track = rig.audio();
        show(track, rig.microphone);
        rig.microphone(rig.voice.opus(30));
        rig.voice.lose(400);
        rig.microphone(rig.voice.opus(30));
        rig.onWatcher(() -> track.onTime(rig.watcher.nowNs()));
        assertThat(sink.all(CaughtMedia.Sent::payloadType)).containsOnly(MediaRig.OPUS);
        assertThat(sink.seqs().get(1)).as("a new stretch").isEqualTo(sink.seqs().get(0) + 1);
        assertThat(rig.wishes.keyFrames).isEmpty();
        end(track);
    }

    @Test
    void noNumberGoesOutTwiceThoughPacketsComeTwice() {
        OutgoingTrack track = watching(true);
        key(0);
        for (int i = 0; i < 100; i++) {
            Packet frame = rig.layers[0].frame();
            byte[] bytes = frame.toBytes();
            rig.camera(0, frame);
            rig.camera(0, rig.owner.packets().take(bytes));
        }
        assertThat(new HashSet<>(sink.all(CaughtMedia.Sent::index)))
                .hasSize(sink.sent.size())
                .hasSize(101);
        end(track);
    }
}
