package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import org.junit.jupiter.api.Test;

final class RemoteTargetTest {
    private final MediaRig rig = MediaRig.onTwoLoops();
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.watcher, rig.limits);
    private final RemoteTarget target = new RemoteTarget(rig.owner, feed);

    private void forward(Packet packet, long index) {
        target.forward(packet, 1, index, 0);
        packet.release();
    }

    @Test
    void handsOverAtTheEndOfTheTurnWithOneReferenceEach() {
        rig.owner.turn(() -> {
            for (int i = 0; i < 40; i++) {
                forward(rig.layers[1].frame(), 100 + i);
            }
            assertThat(rig.watcher.waiting()).isZero();
        });
        assertThat(rig.watcher.waiting()).isEqualTo(1);
        rig.run();
        for (int i = 0; i < 40; i++) {
            assertThat(feed.recall(1, 100 + i)).isNotNull();
        }
        rig.watcher.turn(feed::close);
        rig.run();
        assertThat(rig.packetsOut()).isZero();
    }

    @Test
    void aReportDoesNotOvertakeThePacketsBeforeIt() {
        rig.owner.turn(() -> {
            forward(rig.layers[1].frame(), 100);
            target.senderReport(new SourceClock(1, 5, 6, 0));
            forward(rig.layers[1].frame(), 101);
        });
        assertThat(rig.watcher.waiting()).as("packet, report, packet").isEqualTo(3);
        rig.run();
        assertThat(feed.clock(1)).isEqualTo(new SourceClock(1, 5, 6, 0));
        assertThat(feed.recall(1, 101)).isNotNull();
    }
}
