package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SegmentTest {
    private static final long FIRST = 1_000;
    private static final long FIRST_OUT = 50;

    private final MediaRig rig = MediaRig.onOneLoop();
    private final TestStream stream = rig.layers[0];
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private final Segment segment = begin();

    private Segment begin() {
        return new Segment(feed, read(FIRST, stream.temporal(0, false, true)), FIRST_OUT, 0, 7, 9, 0);
    }

    private MediaPacket read(long index, Packet bytes) {
        packet.read(bytes, 0, index, TestStream.FORMAT, structures);
        return packet;
    }

    private boolean takes(long index, int layer, boolean sync, int wanted) {
        boolean takes =
                segment.takes(read(index, stream.temporal(layer, sync, false)), OutgoingTrack.ALL_LAYERS, wanted, 0);
        if (takes) {
            segment.sent(index);
        }
        return takes;
    }

    @Test
    void numbersCloseUpBehindWhatIsLeftOut() {
        segment.sent(FIRST);
        assertThat(segment.leaveOut(FIRST + 1)).isTrue();
        assertThat(segment.leaveOut(FIRST + 2)).isTrue();
        assertThat(segment.outIndex(FIRST + 3)).isEqualTo(FIRST_OUT + 1);
        assertThat(segment.sourceIndex(FIRST_OUT + 1)).isEqualTo(FIRST + 3);
        assertThat(segment.outIndex(FIRST - 1)).isNegative();
    }

    @Test
    void aNumberThatWasKeptForAPacketUnderWayStaysKept() {
        segment.sent(FIRST);
        segment.sent(FIRST + 2);
        assertThat(segment.leaveOut(FIRST + 1)).isFalse();
        assertThat(segment.leaveOut(FIRST + 3)).isTrue();
        assertThat(segment.outIndex(FIRST + 1)).isEqualTo(FIRST_OUT + 1);
        assertThat(segment.outIndex(FIRST + 4)).isEqualTo(FIRST_OUT + 3);
    }

    @Test
    void whatIsForgottenHasNoNumber() {
        segment.sent(FIRST);
        segment.leaveOut(FIRST + 1);
        segment.sent(FIRST + 1 + LeftOut.WINDOW);
        assertThat(segment.outIndex(FIRST + 1)).isNegative();
        assertThat(segment.sourceIndex(FIRST_OUT)).isNegative();
        assertThat(segment.sourceIndex(FIRST_OUT + 1)).isEqualTo(FIRST + 2);
    }

    @Test
    void everyNumberLeadsBackToItsPacketWhateverIsLeftOut() {
        Fuzz.random(500, random -> {
            Segment tested = new SegmentTest().segment;
            Map<Long, Long> outToSource = new HashMap<>();
            long source = FIRST;
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(3) == 0 && i > 0) {
                    assertThat(tested.leaveOut(source)).isTrue();
                } else {
                    long out = tested.outIndex(source);
                    assertThat(outToSource.put(out, source))
                            .as("no number twice")
                            .isNull();
                    tested.sent(source);
                }
                source += random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 1;
            }
            outToSource.forEach((out, from) -> {
                assertThat(tested.sourceIndex(out)).isEqualTo(from);
                assertThat(tested.outIndex(from)).isEqualTo(out);
            });
        });
    }

    @Test
    void pictureIdsCloseUpAndTl0GoesOn() {
        assertThat(segment.takes(packet, 0, 0, 0)).isTrue();
        assertThat(segment.pictureId(packet)).isEqualTo(7);
        assertThat(takes(FIRST + 1, 2, true, 0)).isFalse();
        assertThat(takes(FIRST + 2, 1, true, 0)).isFalse();
        assertThat(takes(FIRST + 3, 0, false, 0)).isTrue();
        assertThat(segment.pictureId(packet)).isEqualTo(8);
        assertThat(segment.tl0PicIdx(packet)).isEqualTo(10);
    }

    @Test
    void anEncoderThatCountsAnewIsNoticedAtItsKeyFrame() {
        segment.takes(packet, 0, 2, 0);
        segment.sent(FIRST);
        stream.pictureId = stream.pictureId - 50 & 0x7fff;
        assertThat(segment.restarts(read(FIRST + 1, stream.temporal(0, false, false))))
                .isFalse();
        assertThat(segment.restarts(read(FIRST + 2, stream.temporal(0, false, true))))
                .isTrue();
        assertThat(segment.restarts(read(FIRST, stream.temporal(0, false, true))))
                .as("late")
                .isFalse();
    }
}
