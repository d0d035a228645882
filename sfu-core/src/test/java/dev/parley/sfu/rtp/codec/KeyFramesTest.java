package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class KeyFramesTest {
    private static final List<byte[]> PAYLOADS = Samples.bytes(
            "90 f0 9234 56 63 10a200 9d012a 8002 6841", // VP8
            "90 80 7f 01",
            "10 01",
            "aa 9234 00 09 38 0140 00b4 0280 0168 01 14 01 77", // VP9
            "f8 11 00 03 05 06 77",
            "a8 8001 02 00 77",
            "78 0004 6742001f 0002 68ce", // H.264
            "7c 85 b8",
            "67 42001f",
            "18 0a0b0c", // AV1
            "ef 1e0003 ef 0f0002 6f a1a2a3 b1b2 c1c2c3c4"); // RED

    private final HeaderExtensions none = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();

    private boolean starts(Codec codec, String digits) {
        Packet p = Packets.hex(digits);
        return KeyFrames.startsDecoding(codec, p, 0, p.length(), none);
    }

    @Test
    void knowsTheKeyFrameOfEachCodec() {
        assertThat(starts(Codec.VP8, "90 f0 9234 56 63 10a200 9d012a 8002 6841"))
                .isTrue();
        assertThat(starts(Codec.VP8, "90 f0 9234 56 63 11a200")).isFalse();
        assertThat(starts(Codec.VP9, "a8 11 00 09 77")).isTrue();
        assertThat(starts(Codec.VP9, "e8 11 00 09 77")).isFalse();
        assertThat(starts(Codec.H264, "67 42001f")).isTrue();
        assertThat(starts(Codec.H264, "41 9a")).isFalse();
        assertThat(starts(Codec.AV1, "18 0a0b")).isTrue();
        assertThat(starts(Codec.AV1, "10 0a0b")).isFalse();
        assertThat(starts(Codec.RTX, "10 00")).isFalse();
        assertThat(starts(Codec.OPUS, "")).isTrue();
    }

    @Test
    void anAv1StreamMaySayItInItsDescriptor() {
        ExtensionIds ids = ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, 12);
        HeaderExtensions extensions = new HeaderExtensions();
        Packet p = Packets.hex("9060 0001 00000001 00000001 bede0002 c3 800001 80 000000 10 0a0b");
        assertThat(extensions.parse(p, ids)).isTrue();
        assertThat(KeyFrames.startsDecoding(Codec.AV1, p, 24, 3, extensions)).isTrue();
        p.u8(20, 0x00);
        assertThat(KeyFrames.startsDecoding(Codec.AV1, p, 24, 3, extensions)).isFalse();
    }

    /// The quick look and the whole parse agree wherever the whole parse finds a payload of its codec.
    @Test
    @DisplayName("hostile C03 truncated and mutated payload descriptors begin no frame by accident")
    void hostile_C03_mutatedDescriptors() {
        Fuzz.mutations(Fuzz.runs(200_000), PAYLOADS, this::survives);
    }

    @Test
    @DisplayName("hostile C03 random payloads")
    void hostile_C03_randomPayloads() {
        Fuzz.bytes(Fuzz.runs(200_000), 64, this::survives);
    }

    @Test
    @DisplayName("hostile C03 payloads cut off at every byte")
    void hostile_C03_truncatedPayloads() {
        for (byte[] payload : PAYLOADS) {
            for (int length = 0; length <= payload.length; length++) {
                survives(Arrays.copyOf(payload, length));
            }
        }
    }

    private void survives(byte[] bytes) {
        Packet p = Packets.of(bytes, 0x00);
        Packet twin = Packets.of(bytes, 0xff);
        int length = p.length();
        for (Codec codec : Codec.values()) {
            assertThat(KeyFrames.startsDecoding(codec, twin, 0, length, none))
                    .as("%s read behind the end", codec)
                    .isEqualTo(KeyFrames.startsDecoding(codec, p, 0, length, none));
        }
        if (vp8.parse(p, 0, length)) {
            assertThat(vp8.length()).isLessThan(length);
            assertThat(Vp8Descriptor.startsKeyFrame(p, 0, length)).isEqualTo(vp8.startsKeyFrame());
            rewrites(p, length);
        } else {
            assertThat(Vp8Descriptor.startsKeyFrame(p, 0, length)).isFalse();
        }
        if (vp9.parse(p, 0, length)) {
            assertThat(vp9.length()).isLessThan(length);
            assertThat(vp9.rewrittenLength()).isLessThanOrEqualTo(vp9.length());
            assertThat(Vp9Descriptor.startsKeyFrame(p, 0, length)).isEqualTo(vp9.startsKeyFrame());
        }
    }

    private void rewrites(Packet p, int length) {
        boolean key = vp8.startsKeyFrame();
        vp8.rewrite(p, 0, 0x2aaa, 0x55);
        assertThat(p.length()).isEqualTo(length);
        assertThat(vp8.parse(p, 0, length)).isTrue();
        assertThat(vp8.startsKeyFrame()).isEqualTo(key);
        assertThat(vp8.pictureId()).isEqualTo(vp8.pictureIdBits() == 0 ? -1 : 0x2aaa & (1 << vp8.pictureIdBits()) - 1);
    }

    @Test
    @DisplayName("hostile C03 mutated and random dependency descriptors")
    void hostile_C03_dependencyDescriptors() {
        DependencyDescriptor descriptor = new DependencyDescriptor();
        DependencyDescriptor other = new DependencyDescriptor();
        List<byte[]> samples = new ArrayList<>();
        samples.add(DependencySamples.keyFrame().toBytes());
        samples.add(new byte[] {15, 0, 1, 0b0100_0111, (byte) 0x80});
        samples.add(new byte[] {(byte) 0xca, 0, 1});
        samples.add(new WrittenDescriptor(
                        true, false, 7, 0, structure(), 3, new int[] {2, 3}, new int[] {1, 17, 300}, new int[] {9})
                .toBytes(structure()));
        Packet first = Packets.of(samples.get(0));
        assertThat(descriptor.parse(first, 0, first.length(), null)).isTrue();
        DependencyStructure known = descriptor.structure();
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            int length = Math.min(bytes.length, 255);
            boolean good = descriptor.parse(Packets.of(bytes, 0x00), 0, length, known);
            assertThat(other.parse(Packets.of(bytes, length == bytes.length ? 0xff : 0x00), 0, length, known))
                    .isEqualTo(good);
            if (good) {
                assertThat(descriptor.spatialLayer()).isBetween(0, DependencyStructure.SPATIAL_MAX);
                assertThat(descriptor.temporalLayer()).isBetween(0, DependencyStructure.TEMPORAL_MAX);
                assertThat(descriptor.indication(0)).isBetween(0, 3).isEqualTo(other.indication(0));
                boundedDependencies(descriptor);
            }
        });
    }

    private static WrittenDescriptor.Structure structure() {
        List<WrittenDescriptor.Template> templates = List.of(
                new WrittenDescriptor.Template(0, 0, new int[] {2, 2}, new int[] {4}, new int[] {4}),
                new WrittenDescriptor.Template(0, 1, new int[] {0, 1}, new int[] {2}, new int[] {2}));
        return new WrittenDescriptor.Structure(5, 2, templates, 1, new int[] {0, 0}, new int[] {640, 360});
    }

    private static void boundedDependencies(DependencyDescriptor descriptor) {
        DependencyStructure structure = Objects.requireNonNull(descriptor.structure());
        for (int i = 0; i < descriptor.differences(); i++) {
            assertThat(descriptor.difference(i)).isBetween(1, 4096);
        }
        for (int chain = 0; chain < structure.chains(); chain++) {
            assertThat(descriptor.chainDifference(chain)).isBetween(0, 255);
        }
        for (int target = 0; target < structure.decodeTargets(); target++) {
            assertThat(structure.chainOf(target)).isBetween(-1, structure.chains() - 1);
            assertThat(structure.targetSpatialLayer(target)).isBetween(0, DependencyStructure.SPATIAL_MAX);
        }
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.of(PAYLOADS.get(0));
        Codec[] codecs = Codec.values();
        long bytes = Allocations.of(20_000, () -> {
            for (Codec codec : codecs) {
                KeyFrames.startsDecoding(codec, p, 0, p.length(), none);
            }
        });
        assertThat(bytes).isZero();
    }
}
