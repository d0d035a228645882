package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.HandLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tracks that are published on one loop and watched on another.
final class FeedsTest {
    private final MediaRig rig = MediaRig.onTwoLoops();

    private OutgoingTrack watch() {
        OutgoingTrack track = rig.video();
        rig.onWatcher(() -> track.show(rig.camera, rig.watcher.nowNs()));
        return track;
    }

    private void close(OutgoingTrack track) {
        rig.onWatcher(() -> track.close(rig.watcher.nowNs()));
    }

    @Test
    void aTrackIsFedOnceHoweverManyWatchIt() {
        List<OutgoingTrack> watching = List.of(watch(), watch(), watch());
        assertThat(rig.feeds.size()).isEqualTo(1);
        rig.owner.turn(() -> {
            var packet = rig.layers[0].keyFrame();
            rig.camera.accept(packet, 0, 0);
            packet.release();
            assertThat(rig.owner.packets().outstanding())
                    .as("one packet, one reference")
                    .isEqualTo(1);
        });
        assertThat(rig.watcher.waiting()).as("one command").isEqualTo(1);
        rig.run();
        assertThat(rig.sink.sent).hasSize(3);
        watching.forEach(this::close);
        assertThat(rig.feeds.size()).isZero();
        assertThat(rig.camera.watched()).isFalse();
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void aTurnsPacketsAreHandedOverTogether() {
        OutgoingTrack bob = watch();
        rig.owner.turn(() -> {
            for (int i = 0; i < 100; i++) {
                var packet = i == 0 ? rig.layers[0].keyFrame() : rig.layers[0].frame();
                rig.camera.accept(packet, 0, 0);
                packet.release();
            }
        });
        assertThat(rig.watcher.waiting()).isEqualTo(1);
        rig.run();
        assertThat(rig.sink.sent).hasSize(100);
        close(bob);
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void whoAsksTwiceForOneTrackGetsTheSameFeed() {
        rig.onWatcher(() -> {
            TrackFeed feed = rig.feeds.open(rig.camera);
            assertThat(rig.feeds.open(rig.camera)).isSameAs(feed);
            rig.feeds.closeIfUnused(feed);
            rig.feeds.closeIfUnused(feed);
        });
        assertThat(rig.feeds.size()).isZero();
        assertThat(rig.camera.watched()).isFalse();
    }

    @Test
    void packetsOnTheirWayToAFeedThatClosesComeBack() {
        OutgoingTrack bob = watch();
        rig.owner.turn(() -> {
            var packet = rig.layers[0].keyFrame();
            rig.camera.accept(packet, 0, 0);
            packet.release();
        });
        rig.watcher.turn(() -> bob.close(0)); // before the batch arrives
        rig.run();
        assertThat(rig.sink.sent).isEmpty();
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void packetsOfATurnInWhichTheFeedEndsComeBack() {
        OutgoingTrack bob = watch();
        rig.watcher.turn(() -> bob.close(0));
        rig.owner.turn(() -> {
            var packet = rig.layers[0].keyFrame();
            rig.camera.accept(packet, 0, 0);
            packet.release();
        });
        rig.run();
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void keyFrameWishesAreMergedBeforeTheyCrossOver() {
        watch();
        rig.camera(0, rig.layers[0].keyFrame());
        rig.run();
        rig.pass(1_000 * MS);
        List<OutgoingTrack> more = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            OutgoingTrack track = rig.video();
            rig.watcher.turn(() -> track.show(rig.camera, rig.watcher.nowNs()));
            more.add(track);
        }
        assertThat(rig.owner.waiting()).as("one for each encoding").isEqualTo(3);
        rig.run();
        rig.owner.turn(() -> rig.camera.onTime(rig.owner.nowNs(), MS));
        assertThat(rig.wishes.keyFrames).containsExactly(0);
    }

    @Test
    void reportsAndOtherNumbersReachTheFeedInTheOrderOfThePackets() {
        OutgoingTrack bob = watch();
        rig.owner.turn(() -> {
            var packet = rig.layers[0].keyFrame();
            rig.camera.accept(packet, 0, 0);
            packet.release();
            rig.camera.onSenderReport(0, 1_234, 0, 0);
            rig.camera.changeFormat(TestStream.FORMAT);
        });
        assertThat(rig.watcher.waiting()).isEqualTo(3);
        rig.run();
        assertThat(rig.sink.sent).hasSize(1);
        close(bob);
    }

    @Test
    void everyPacketComesHomeWhateverTheOrderOfTurns() {
        Fuzz.random(400, random -> {
            MediaRig world = MediaRig.onTwoLoops();
            List<OutgoingTrack> tracks = List.of(world.video(), world.video());
            for (int i = 0; i < 150; i++) {
                OutgoingTrack track = tracks.get(random.nextInt(2));
                switch (random.nextInt(5)) {
                    case 0 -> world.watcher.turn(() -> track.show(world.camera, world.watcher.nowNs()));
                    case 1 -> world.watcher.turn(() -> track.show(null, world.watcher.nowNs()));
                    case 2 -> HandLoop.run(random.nextBoolean() ? world.owner : world.watcher);
                    default -> {
                        int layer = random.nextInt(3);
                        boolean key = random.nextInt(4) == 0;
                        world.camera(layer, key ? world.layers[layer].keyFrame() : world.layers[layer].frame());
                    }
                }
                world.watcher.nowNs(world.watcher.nowNs() + random.nextLong(50 * MS));
                world.owner.nowNs(world.watcher.nowNs());
            }
            world.watcher.turn(() -> tracks.forEach(track -> track.close(0)));
            world.run();
            assertThat(world.packetsOut()).isZero();
            assertThat(world.feeds.size()).isZero();
            assertThat(world.camera.watched()).isFalse();
        });
    }
}
