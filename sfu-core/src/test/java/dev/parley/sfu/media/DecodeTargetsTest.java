package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.codec.DependencyStructures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecodeTargetsTest {
    private static final int TYPE = 100;
    private static final int ALL = OutgoingTrack.ALL_LAYERS;

    private final PacketPool packets = new PacketPool(0);
    private final MediaPacket packet = new MediaPacket();
    private final DependencyStructures structures = new DependencyStructures();
    private final DecodeTargets targets = new DecodeTargets();
    private final FrameLog log = new FrameLog();
    private long index = 1;
    private long nowNs;
    private long frame = -1;

    private static TrackFormat format(LayerPattern pattern) {
        PayloadType type = new PayloadType(TYPE, pattern.codec, 90_000, 1, PayloadType.NO_RTX, "");
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, LayeredEncoder.DESCRIPTOR_ID);
        return new TrackFormat(List.of(type), ids);
    }

    private static LayeredEncoder encoder(LayerPattern pattern) {
        return new LayeredEncoder(pattern, 0, 1, TYPE, false, 5);
    }

    /// The next picture's frames, low to high: what became of each.
    private List<Byte> picture(LayerPattern pattern, LayeredEncoder encoder, int spatial, int temporal) {
        List<Byte> verdicts = new ArrayList<>();
        nowNs += 33_000_000;
        for (LayeredEncoder.Made made : encoder.picture(nowNs)) {
            packet.read(packets.take(made.bytes()), 0, index++, format(pattern), structures);
            long number = packet.dependencyNumber();
            if (number != frame) {
                frame = number;
                byte verdict = targets.next(packet, frame, log, spatial, temporal);
                log.put(frame, verdict);
                verdicts.add(verdict);
            }
        }
        return verdicts;
    }

    private static final byte OUT = FrameLog.LEFT_OUT;
    private static final byte IN = FrameLog.TAKEN;
    private static final byte TOP = FrameLog.TAKEN_AS_TOP;

    @Test
    void beginsWithTheWantedTarget() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1);
        assertThat(picture(LayerPattern.AV1, encoder, 1, 0)).containsExactly(IN, TOP, OUT);
        assertThat(picture(LayerPattern.AV1, encoder, 1, 0)).containsExactly(OUT, OUT, OUT);
        assertThat(targets.reached()).isTrue();
        assertThat(targets.spatialLayer()).isEqualTo(1);
        assertThat(targets.temporalLayer()).isZero();
    }

    @Test
    void aSmallerPictureComesWithTheNextOneWhereLayersBuildOnEachOther() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1);
        assertThat(picture(LayerPattern.AV1, encoder, ALL, ALL)).containsExactly(IN, IN, TOP);
        assertThat(picture(LayerPattern.AV1, encoder, 0, ALL)).containsExactly(TOP, OUT, OUT);
        assertThat(targets.reached()).isTrue();
    }

    @Test
    void aLargerPictureNeedsAKeyFrame() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1);
        picture(LayerPattern.AV1, encoder, 0, ALL);
        for (int i = 0; i < 20; i++) {
            assertThat(picture(LayerPattern.AV1, encoder, 2, ALL)).containsExactly(TOP, OUT, OUT);
        }
        assertThat(targets.rightSize()).isFalse();
        encoder.keyWanted = true;
        assertThat(picture(LayerPattern.AV1, encoder, 2, ALL)).containsExactly(IN, IN, TOP);
        assertThat(targets.rightSize()).isTrue();
    }

    @Test
    void aSmallerPictureNeedsAKeyFrameWhereLayersStandAlone() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1_KEY);
        for (int i = 0; i < 13; i++) {
            picture(LayerPattern.AV1_KEY, encoder, 2, ALL);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(picture(LayerPattern.AV1_KEY, encoder, 0, ALL))
                    .as("goes on")
                    .containsExactly(OUT, OUT, TOP);
        }
        assertThat(targets.rightSize()).isFalse();
        encoder.keyWanted = true;
        assertThat(picture(LayerPattern.AV1_KEY, encoder, 0, ALL)).containsExactly(TOP, OUT, OUT);
        assertThat(targets.reached()).isTrue();
    }

    @Test
    void rightBehindAKeyFrameTheSizeMayStillChange() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1_KEY);
        picture(LayerPattern.AV1_KEY, encoder, 2, ALL);
        picture(LayerPattern.AV1_KEY, encoder, 0, ALL);
        assertThat(picture(LayerPattern.AV1_KEY, encoder, 0, ALL)).containsExactly(TOP, OUT, OUT);
    }

    @Test
    void fewerPicturesComeAtOnceEvenWhereTheSizeMustWait() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1_KEY);
        for (int i = 0; i < 13; i++) {
            picture(LayerPattern.AV1_KEY, encoder, 2, ALL);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(picture(LayerPattern.AV1_KEY, encoder, 0, 0)).containsExactly(OUT, OUT, OUT);
        }
        assertThat(picture(LayerPattern.AV1_KEY, encoder, 0, 0)).containsExactly(OUT, OUT, TOP);
    }

    @Test
    void morePicturesComeWhereNothingOfBeforeIsNeeded() {
        LayeredEncoder encoder = encoder(LayerPattern.H264);
        for (int i = 0; i < 4; i++) {
            picture(LayerPattern.H264, encoder, ALL, 0);
        }
        assertThat(picture(LayerPattern.H264, encoder, ALL, 2))
                .as("the odd cycle")
                .containsExactly(TOP);
        assertThat(targets.reached()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(picture(LayerPattern.H264, encoder, ALL, 2)).containsExactly(OUT);
        }
        assertThat(picture(LayerPattern.H264, encoder, ALL, 2))
                .as("the even one")
                .containsExactly(TOP);
        assertThat(targets.reached()).isTrue();
        assertThat(targets.rightSize()).isTrue();
    }

    @Test
    void aLayerThatIsNotSentAnyMoreIsNotTheTop() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1);
        picture(LayerPattern.AV1, encoder, ALL, ALL);
        encoder.spatial = 2;
        picture(LayerPattern.AV1, encoder, ALL, ALL);
        assertThat(picture(LayerPattern.AV1, encoder, ALL, ALL)).containsExactly(IN, TOP);
        assertThat(targets.stranded()).isFalse();
    }

    @Test
    void onlyAKeyFrameHelpsWhereWhatIsShownStoodAloneAndIsNotSentAnyMore() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1_KEY);
        for (int i = 0; i < 13; i++) {
            picture(LayerPattern.AV1_KEY, encoder, ALL, ALL);
        }
        assertThat(targets.stranded()).isFalse();
        encoder.spatial = 2;
        picture(LayerPattern.AV1_KEY, encoder, ALL, ALL);
        assertThat(picture(LayerPattern.AV1_KEY, encoder, ALL, ALL)).containsExactly(OUT, OUT);
        assertThat(targets.stranded()).isTrue();
        encoder.keyWanted = true;
        assertThat(picture(LayerPattern.AV1_KEY, encoder, ALL, ALL)).containsExactly(IN, TOP);
        assertThat(targets.stranded()).isFalse();
    }

    @Test
    void withANewStructureAllIsSentAgain() {
        LayeredEncoder encoder = encoder(LayerPattern.AV1);
        picture(LayerPattern.AV1, encoder, ALL, ALL);
        encoder.spatial = 1;
        picture(LayerPattern.AV1, encoder, ALL, ALL);
        assertThat(picture(LayerPattern.AV1, encoder, ALL, ALL)).containsExactly(TOP);
        encoder.spatial = 3;
        encoder.keyWanted = true;
        assertThat(picture(LayerPattern.AV1, encoder, ALL, ALL)).containsExactly(IN, IN, TOP);
    }

    @Test
    void whatIsNotUnderstoodIsTaken() {
        LayeredEncoder encoder = encoder(LayerPattern.H264);
        encoder.picture(0);
        LayeredEncoder.Made made = encoder.picture(0).getFirst();
        packet.read(packets.take(made.bytes()), 0, 1, format(LayerPattern.H264), structures);
        assertThat(packet.layering()).isEqualTo(Layering.NONE);
        assertThat(packet.hasDependencies()).isTrue();
    }
}
