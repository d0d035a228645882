package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.PayloadType;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RepairTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final CaughtMedia sink = rig.sink;

    private int mediaBytes;
    private int repairedBytes;
    private int repairs;

    private void storm(OutgoingTrack track, int ssrc, int times) {
        int seq = sink.seqs().getLast();
        int before = sink.sent.size();
        mediaBytes += sink.sent.getLast().bytes().length;
        for (int time = 0; time < times; time++) {
            for (int back = 0; back < 20; back++) {
                int missed = seq - back & 0xffff;
                rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
            }
        }
        for (CaughtMedia.Sent again : sink.sent.subList(before, sink.sent.size())) {
            assertThat(again.ssrc()).isEqualTo(ssrc);
            repairedBytes += again.bytes().length;
            repairs++;
        }
        sink.sent.clear();
    }

    private void close(OutgoingTrack track) {
        rig.onWatcher(() -> track.close(rig.watcher.nowNs()));
        assertThat(rig.packetsOut()).isZero();
    }

    /// Each packet is asked for twenty times while it is one of the last twenty: 1,000 NACKs for each 50 packets.
    @Test
    @DisplayName("hostile C07 a viewer that asks for each packet 20 times gets a fifth more than was sent")
    void hostile_C07_aNackStormGetsAFifthOfWhatWasSent() {
        OutgoingTrack track = rig.track(MediaRig.format(true, false));
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        rig.layers[0].payloadBytes = 1_000;
        rig.camera(0, rig.layers[0].keyFrame());
        for (int i = 0; i < 1_000; i++) {
            rig.pass(10 * MS);
            rig.camera(0, rig.layers[0].frame());
            storm(track, MediaRig.RTX_SSRC, 1);
        }
        assertThat(repairedBytes * 100L).isBetween(mediaBytes * 15L, mediaBytes * 20L);
        assertThat(rig.watcher.counters().get(SfuCounter.LIMIT_NACKS)).isGreaterThan(1_000);
        assertThat(rig.watcher.counters().get(SfuCounter.RTX_SENT)).isEqualTo(repairs);
        close(track);
    }

    @Test
    @DisplayName("hostile C07 the same for a viewer without RTX, and for one that is sent little")
    void hostile_C07_aNackStormWithoutRtx() {
        OutgoingTrack track = rig.track(MediaRig.format(false, false));
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        rig.camera(0, rig.layers[0].keyFrame());
        for (int i = 0; i < 100; i++) {
            rig.pass(200 * MS);
            rig.camera(0, rig.layers[0].frame());
            storm(track, MediaRig.SSRC, 20);
        }
        assertThat(repairs).as("in 20 s").isBetween(100, 20 * rig.limits.repairsPerSecondMin());
        close(track);
    }

    @Test
    void theShareIsTheViewersAndNotEachTracks() {
        Downlink downlink = new Downlink(rig.limits, 0);
        int answers = 0;
        for (int i = 0; i < 3; i++) {
            OutgoingTrack track = new OutgoingTrack(
                    MediaRig.format(true, false),
                    rig.feeds,
                    sink,
                    downlink,
                    rig.watcher.counters(),
                    rig.limits,
                    Rng.seeded(i));
            rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
            rig.camera(0, rig.layers[0].keyFrame());
            for (int j = 0; j < 5; j++) {
                sink.sent.clear();
                rig.camera(0, rig.layers[0].frame());
                int missed = sink.seqs().getLast();
                rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
                answers += (int) sink.sent.stream()
                        .filter(sent -> sent.ssrc() == MediaRig.RTX_SSRC)
                        .count();
            }
            close(track);
        }
        assertThat(answers).isBetween(rig.limits.repairsPerSecondMin(), rig.limits.repairsPerSecondMin() + 2);
    }

    @Test
    void whatWasSentAMomentAgoCannotBeMissedYet() {
        for (boolean rtx : new boolean[] {true, false}) {
            Downlink far = new Downlink(rig.limits, 0);
            far.roundTrip(200 * MS);
            OutgoingTrack track = new OutgoingTrack(
                    MediaRig.format(rtx, false),
                    rig.feeds,
                    sink,
                    far,
                    rig.watcher.counters(),
                    rig.limits,
                    Rng.seeded(1));
            rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
            rig.camera(0, rig.layers[0].keyFrame());
            rig.pass(1_000 * MS);
            Packet late = rig.layers[0].frame();
            rig.camera(0, rig.layers[0].frame());
            int missed = sink.seqs().getLast() - 1 & 0xffff;
            sink.sent.clear();
            rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
            rig.pass(100 * MS);
            rig.camera(0, late);
            rig.pass(100 * MS);
            rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
            assertThat(sink.sent).as("itself").hasSize(1);
            rig.pass(100 * MS);
            rig.onWatcher(() -> track.onNack(missed, rig.watcher.nowNs()));
            assertThat(sink.sent).as("and again").hasSize(2);
            sink.sent.clear();
            close(track);
        }
    }

    @Test
    void soundComesAgainOnlyWhereTheOfferHasNacks() {
        for (boolean nacks : new boolean[] {false, true}) {
            OutgoingTrack track = rig.track(new OutgoingFormat(
                    MediaKind.AUDIO,
                    new Mid("a"),
                    MediaRig.SSRC,
                    0,
                    List.of(TestStream.type(MediaRig.OPUS, Codec.OPUS, PayloadType.NO_RTX)),
                    ExtensionIds.NONE,
                    false,
                    nacks));
            rig.onWatcher(() -> track.show(rig.microphone, rig.watcher.nowNs()));
            sink.sent.clear();
            rig.microphone(rig.voice.opus(20));
            CaughtMedia.Sent missed = sink.sent.getFirst();
            rig.onWatcher(() -> track.onNack(missed.seq(), rig.watcher.nowNs()));
            assertThat(sink.sent).hasSize(nacks ? 2 : 1);
            assertThat(sink.sent.getLast().bytes()).isEqualTo(missed.bytes());
            close(track);
        }
    }
}
