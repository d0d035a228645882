package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import org.junit.jupiter.api.Test;

final class LayerSelectorTest {
    private final MediaRig rig = MediaRig.onOneLoop();
    private final TrackFeed feed = new TrackFeed(rig.camera, rig.owner, rig.limits);
    private final LayerSelector layers = new LayerSelector();
    private final MediaPacket read = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private long index = 1 << 16;
    private long nowNs = 1_000 * MS;

    private boolean key(int encoding) {
        return offer(encoding, rig.layers[encoding].keyFrame());
    }

    private boolean frame(int encoding) {
        return offer(encoding, rig.layers[encoding].frame());
    }

    private boolean offer(int encoding, Packet packet) {
        packet.arrivalNs(nowNs);
        index++;
        feed.accept(packet, encoding, index, nowNs);
        read.read(packet, encoding, index, TestStream.FORMAT, structures);
        return layers.takes(read, feed, nowNs);
    }

    private int awaited() {
        return layers.awaited(feed, nowNs);
    }

    @Test
    void aPictureBeginsWithTheFirstKeyFrameOfAnyEncoding() {
        assertThat(frame(2)).isFalse();
        assertThat(layers.waiting()).isTrue();
        assertThat(key(0)).isTrue();
        assertThat(layers.current()).isZero();
    }

    @Test
    void climbsToTheHighestThatArrivesWithItsKeyFrame() {
        key(0);
        assertThat(frame(2)).isFalse();
        assertThat(awaited()).isEqualTo(2);
        assertThat(frame(0)).as("the lower one goes on meanwhile").isTrue();
        assertThat(key(1)).as("not the one that is waited for").isFalse();
        assertThat(key(2)).isTrue();
        assertThat(frame(0)).isFalse();
        assertThat(layers.waiting()).isFalse();
    }

    @Test
    void fallsToWhatGoesOnWhenItsEncodingHasVanished() {
        key(2);
        frame(1);
        for (int picture = 0; picture < 2; picture++) {
            nowNs += LayerSelector.SILENT_NS;
            assertThat(frame(1)).isFalse();
            assertThat(awaited()).as("it may be late").isNegative();
        }
        nowNs += MS;
        assertThat(frame(1)).isFalse();
        assertThat(awaited()).isEqualTo(1);
        assertThat(key(1)).isTrue();
    }

    @Test
    void aSourceThatStandsStillAsAWholeLosesNoEncoding() {
        key(2);
        frame(1);
        for (int picture = 0; picture < 10; picture++) {
            nowNs += 1_000 * MS;
            assertThat(frame(1)).isFalse();
            assertThat(awaited()).isNegative();
            assertThat(frame(2)).isTrue();
        }
    }

    @Test
    void anEncodingThatIsBackBeforeTheOtherBeganIsKept() {
        key(2);
        nowNs += LayerSelector.SILENT_NS;
        frame(1);
        frame(1);
        frame(1);
        assertThat(layers.waiting()).isTrue();
        assertThat(frame(2)).isTrue();
        assertThat(layers.waiting()).as("it is back").isFalse();
    }

    @Test
    void anEncodingThatWasOnlySlowIsGivenMoreTimeFromThenOn() {
        key(2);
        nowNs += LayerSelector.SILENT_NS;
        frame(1);
        frame(1);
        frame(1);
        assertThat(awaited()).isEqualTo(1);
        nowNs += 50 * MS;
        assertThat(frame(2)).isTrue();
        nowNs += LayerSelector.SILENT_NS + 100 * MS;
        frame(1);
        frame(1);
        frame(1);
        assertThat(layers.waiting()).as("it was slow before").isFalse();
        nowNs += LayerSelector.SLOW_NS;
        frame(1);
        frame(1);
        frame(1);
        assertThat(awaited()).isEqualTo(1);
    }

    @Test
    void aFirstPictureIsNotAskedOfEncodingsAboveTheWishWhileALowerOneComes() {
        layers.want(0);
        frame(2);
        assertThat(layers.mayBegin(2, feed, nowNs)).as("nothing else comes").isTrue();
        frame(0);
        assertThat(layers.mayBegin(0, feed, nowNs)).isTrue();
        assertThat(layers.mayBegin(2, feed, nowNs)).isFalse();
    }

    @Test
    void nothingAboveTheWishIsTakenWhileSomethingFits() {
        layers.want(1, feed, nowNs);
        frame(0);
        assertThat(key(2)).isFalse();
        assertThat(key(0)).isTrue();
        frame(1);
        assertThat(awaited()).isEqualTo(1);
        assertThat(key(1)).isTrue();
        assertThat(frame(2)).isFalse();
        assertThat(layers.waiting()).isFalse();
    }

    @Test
    void theLowestThatComesServesWhoWantsLess() {
        layers.want(0, feed, nowNs);
        assertThat(key(2)).isTrue();
        frame(1);
        assertThat(awaited()).isEqualTo(1);
        assertThat(key(1)).isTrue();
        frame(0);
        assertThat(awaited()).isZero();
        assertThat(key(0)).isTrue();
    }

    @Test
    void aSmallerWishWaitsForItsKeyFrame() {
        key(2);
        frame(1);
        layers.want(1, feed, nowNs);
        assertThat(awaited()).isEqualTo(1);
        assertThat(frame(2)).as("goes on meanwhile").isTrue();
        assertThat(key(1)).isTrue();
        layers.want(2, feed, nowNs);
        assertThat(awaited()).isEqualTo(2);
        assertThat(key(2)).isTrue();
    }

    @Test
    void doesNotWaitForAnEncodingThatWentAwayAgain() {
        key(0);
        frame(2);
        nowNs += LayerSelector.VANISHED_NS;
        frame(0);
        assertThat(awaited()).isNegative();
        assertThat(layers.waiting()).isFalse();
    }

    @Test
    void anotherSourceBeginsAnew() {
        key(1);
        layers.reset();
        assertThat(frame(1)).isFalse();
        assertThat(key(1)).isTrue();
    }

    @Test
    void soundBeginsWithAnyPacket() {
        assertThat(offer(0, rig.voice.opus(20))).isTrue();
    }
}
