package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DependencyDescriptorTest {
    private final DependencyDescriptor descriptor = new DependencyDescriptor();

    private boolean parse(byte[] bytes, @Nullable DependencyStructure known) {
        return descriptor.parse(Packets.of(bytes, 0xff), 0, bytes.length, known);
    }

    private DependencyStructure structure() {
        assertThat(parse(DependencySamples.keyFrame().toBytes(), null)).isTrue();
        DependencyStructure structure = descriptor.structure();
        assertThat(structure).isNotNull();
        return structure == null ? structure() : structure;
    }

    @Test
    void readsTheStructureOfAKeyFrame() {
        DependencyStructure structure = structure();
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.endOfFrame()).isFalse();
        assertThat(descriptor.frameNumber()).isEqualTo(0x0102);
        assertThat(descriptor.hasNewStructure()).isTrue();
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(0b1111);
        assertThat(structure.templates()).isEqualTo(6);
        assertThat(structure.decodeTargets()).isEqualTo(4);
        assertThat(structure.spatialLayers()).isEqualTo(2);
        assertThat(structure.temporalLayers()).isEqualTo(2);
        assertThat(structure.chains()).isEqualTo(2);
        assertThat(structure.width(0)).isEqualTo(320);
        assertThat(structure.height(0)).isEqualTo(180);
        assertThat(structure.width(1)).isEqualTo(640);
        assertThat(structure.height(1)).isEqualTo(360);
        assertThat(structure.width(2)).isZero();
        assertThat(structure.targetSpatialLayer(0)).isZero();
        assertThat(structure.targetTemporalLayer(0)).isZero();
        assertThat(structure.targetTemporalLayer(1)).isEqualTo(1);
        assertThat(structure.targetSpatialLayer(2)).isEqualTo(1);
        assertThat(structure.targetTemporalLayer(3)).isEqualTo(1);
    }

    @Test
    void laterFramesNameATemplate() {
        DependencyStructure structure = structure();
        byte[] s1t1 = {(byte) 0xc0 | 15, 0x01, 0x03};
        assertThat(parse(s1t1, structure)).isTrue();
        assertThat(descriptor.hasNewStructure()).isFalse();
        assertThat(descriptor.endOfFrame()).isTrue();
        assertThat(descriptor.spatialLayer()).isEqualTo(1);
        assertThat(descriptor.temporalLayer()).isEqualTo(1);
        assertThat(descriptor.indication(0)).isEqualTo(DependencyDescriptor.NOT_PRESENT);
        assertThat(descriptor.indication(3)).isEqualTo(DependencyDescriptor.DISCARDABLE);
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(DependencyDescriptor.NONE);
    }

    @Test
    void templatesThatTheStructureLacksAreRefused() {
        assertThat(parse(new byte[] {16, 0, 1}, structure())).isFalse();
        assertThat(parse(new byte[] {9, 0, 1}, structure())).isFalse();
    }

    @Test
    void aFrameMaySayItsOwnIndicationsAndTargets() {
        BitWriter w = new BitWriter().bits(2, 3).bits(6, 11).bits(16, 5);
        w.bits(5, 0b01100).bits(4, 0b0011).each(2, "3210");
        assertThat(parse(w.toBytes(), structure())).isTrue();
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(0b0011);
        assertThat(descriptor.indication(0)).isEqualTo(DependencyDescriptor.REQUIRED);
        assertThat(descriptor.indication(1)).isEqualTo(DependencyDescriptor.SWITCH);
        assertThat(descriptor.indication(3)).isEqualTo(DependencyDescriptor.NOT_PRESENT);
    }

    @Test
    void withoutAStructureOnlyTheFrameIsKnown() {
        assertThat(parse(new byte[] {(byte) 0x8a, 0, 7}, null)).isTrue();
        assertThat(descriptor.frameNumber()).isEqualTo(7);
        assertThat(descriptor.structure()).isNull();
        assertThat(descriptor.spatialLayer()).isEqualTo(DependencyDescriptor.NONE);
        assertThat(descriptor.indication(31)).isEqualTo(DependencyDescriptor.REQUIRED);
        assertThat(parse(new byte[] {(byte) 0x8a, 0, 7, 0x30}, null))
                .as("custom fields")
                .isTrue();
    }

    @Test
    void whatIsCutOffIsMalformed() {
        byte[] whole = DependencySamples.keyFrame().toBytes();
        for (int length = 0; length < whole.length; length++) {
            boolean cut = descriptor.parse(Packets.of(whole), 0, length, null);
            assertThat(cut).as("%d bytes", length).isEqualTo(length == 3);
        }
    }

    @Test
    void moreTemplatesOrLayersThanThereCanBeAreRefused() {
        BitWriter many =
                new BitWriter().bits(8, 0x80).bits(16, 1).bits(5, 16).bits(6, 0).bits(5, 0);
        for (int i = 0; i < 200; i++) {
            many.bits(2, 0);
        }
        assertThat(parse(many.toBytes(), null)).isFalse();
        BitWriter deep =
                new BitWriter().bits(8, 0x80).bits(16, 1).bits(5, 16).bits(6, 0).bits(5, 0);
        deep.each(2, "22223").bits(30, 0).bits(30, 0);
        assertThat(parse(deep.toBytes(), null)).as("five spatial layers").isFalse();
    }

    @Test
    void numbersBelowARangeTakeNoMoreBitsThanNeeded() {
        Fuzz.random(20_000, random -> {
            int range = 1 + random.nextInt(33);
            int width = 32 - Integer.numberOfLeadingZeros(range);
            int shorter = (1 << width) - range;
            int value = random.nextInt(range);
            BitWriter w = new BitWriter();
            if (value < shorter) {
                w.bits(width - 1, value);
            } else {
                w.bits(width - 1, (value + shorter) >> 1).bits(1, value + shorter & 1);
            }
            byte[] bytes = w.bits(8, 0xff).toBytes();
            assertThat(new BitReader().begin(Packets.of(bytes), 0, bytes.length).belowRange(range))
                    .isEqualTo(value);
        });
    }

    @Test
    void laterFramesAllocateNothing() {
        DependencyStructure structure = structure();
        Packet p = Packets.of(new byte[] {15, 0, 1, 0b0100_0111, (byte) 0x80});
        assertThat(descriptor.parse(p, 0, 5, structure)).isTrue();
        assertThat(Allocations.of(20_000, () -> descriptor.parse(p, 0, 5, structure)))
                .isZero();
    }
}
