package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import org.junit.jupiter.api.Test;

final class TemporalLayersTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final TestStream stream = rig.layers[0];
    private final TemporalLayers layers = new TemporalLayers();
    private final FrameLog log = new FrameLog();
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private long frame = 100;

    private boolean next(Packet bytes, int wanted) {
        packet.read(bytes, 0, frame, TestStream.FORMAT, structures);
        return layers.next(packet, frame++, log, 0, wanted) != FrameLog.LEFT_OUT;
    }

    private boolean next(int layer, boolean sync, int wanted) {
        return next(stream.temporal(layer, sync, false), wanted);
    }

    private boolean key(int wanted) {
        return next(stream.temporal(0, false, true), wanted);
    }

    @Test
    void aKeyFrameBringsAllThatIsWanted() {
        assertThat(key(2)).isTrue();
        assertThat(next(2, false, 2)).isTrue();
        assertThat(next(1, false, 2)).isTrue();
        assertThat(layers.reached()).isTrue();
        assertThat(layers.temporalLayer()).isEqualTo(2);
    }

    @Test
    void goesDownAtAnyFrame() {
        key(2);
        assertThat(next(2, false, 1)).isFalse();
        assertThat(next(1, false, 1)).isTrue();
        assertThat(next(1, false, 0)).isFalse();
        assertThat(next(0, false, 0)).isTrue();
    }

    @Test
    void climbsLayerByLayerAtFramesThatNeedTheBaseOnly() {
        key(0);
        assertThat(next(2, true, 0)).isFalse();
        assertThat(next(2, true, 2)).as("layer 1 is missing").isFalse();
        assertThat(next(1, false, 2)).as("needs older ones of its layer").isFalse();
        assertThat(layers.reached()).isFalse();
        assertThat(next(1, true, 2)).isTrue();
        assertThat(next(2, false, 2)).isFalse();
        assertThat(next(2, true, 2)).isTrue();
        assertThat(layers.reached()).isTrue();
    }

    @Test
    void whatTheSourceDoesNotHaveIsNotWaitedFor() {
        key(1);
        next(1, true, OutgoingTrack.ALL_LAYERS);
        assertThat(layers.reached()).isTrue();
        assertThat(layers.temporalLayer()).isEqualTo(1);
    }

    @Test
    void aLateFrameIsJudgedByTheLayersOfItsTime() {
        key(0);
        long early = frame++;
        next(1, true, 2);
        packet.read(stream.temporal(1, false, false), 0, 1, TestStream.FORMAT, structures);
        assertThat(layers.late(packet, early)).as("it was not sent then").isEqualTo(FrameLog.LEFT_OUT);
        long since = frame++;
        next(0, false, 0);
        packet.read(stream.temporal(1, false, false), 0, 1, TestStream.FORMAT, structures);
        assertThat(layers.late(packet, since)).as("others may need it").isEqualTo(FrameLog.TAKEN);
        assertThat(layers.late(packet, frame)).isEqualTo(FrameLog.LEFT_OUT);
    }

    /// RFC 9628 §4.2: I P L B E, picture id, TID U SID D, TL0PICIDX.
    private Packet vp9(int layer, boolean up) {
        Packet bytes = stream.vp9();
        bytes.u8(12, 0xec);
        bytes.u16(13, 0x8000 | (int) frame);
        bytes.u8(15, layer << 5 | (up ? 0x10 : 0));
        bytes.u8(16, 1);
        return bytes;
    }

    @Test
    void vp9ClimbsToAnyLayerBehindAPictureThatAllowsIt() {
        assertThat(next(vp9(0, false), 2)).isTrue();
        assertThat(next(vp9(1, true), 2)).isFalse();
        assertThat(next(vp9(0, true), 2)).isTrue();
        assertThat(next(vp9(2, false), 2)).isTrue();
        assertThat(layers.reached()).isTrue();
    }
}
