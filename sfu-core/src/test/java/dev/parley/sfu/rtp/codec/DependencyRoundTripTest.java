package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever a sender writes in a dependency descriptor is what we read.
final class DependencyRoundTripTest {
    private final DependencyDescriptor read = new DependencyDescriptor();

    private static int[] values(SplittableRandom random, int count, int from, int below) {
        return IntStream.range(0, count).map(_ -> random.nextInt(from, below)).toArray();
    }

    private static WrittenDescriptor.Structure structure(SplittableRandom random) {
        int targets = 1 + random.nextInt(9);
        int chains = random.nextInt(targets + 1);
        int spatial = 0;
        int temporal = 0;
        List<WrittenDescriptor.Template> templates = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            int[] needs = values(random, random.nextInt(4), 1, 17);
            templates.add(new WrittenDescriptor.Template(
                    spatial, temporal, values(random, targets, 0, 4), needs, values(random, chains, 0, 16)));
            int step = random.nextInt(3);
            if (step == 2 && spatial < DependencyStructure.SPATIAL_MAX) {
                spatial++;
                temporal = 0;
            } else if (step == 1 && temporal < DependencyStructure.TEMPORAL_MAX) {
                temporal++;
            }
        }
        int[] sizes = random.nextBoolean()
                ? new int[0]
                : values(random, 2 * (templates.getLast().spatial() + 1), 1, 65_537);
        int[] chainOf = values(random, chains == 0 ? 0 : targets, 0, Math.max(1, chains));
        return new WrittenDescriptor.Structure(random.nextInt(64), targets, templates, chains, chainOf, sizes);
    }

    private static WrittenDescriptor frame(
            SplittableRandom random, WrittenDescriptor.Structure of, boolean brings, int number) {
        return new WrittenDescriptor(
                random.nextBoolean(),
                random.nextBoolean(),
                number,
                random.nextInt(of.templates().size()),
                brings ? of : null,
                random.nextBoolean() ? -1 : random.nextLong(1L << of.targets()),
                random.nextBoolean() ? null : values(random, of.targets(), 0, 4),
                random.nextBoolean() ? null : values(random, random.nextInt(17), 1, 4097),
                random.nextBoolean() ? null : values(random, of.chains(), 0, 256));
    }

    @Test
    void whatIsWrittenIsRead() {
        Fuzz.random(Fuzz.runs(20_000), random -> {
            WrittenDescriptor.Structure structure = structure(random);
            DependencyStructures structures = new DependencyStructures();
            int number = random.nextInt(1 << 16);
            for (int i = 0; i < 4; i++) {
                WrittenDescriptor written = frame(random, structure, i == 0, number + i & 0xffff);
                byte[] bytes = written.toBytes(structure);
                if (bytes.length > 255) {
                    return;
                }
                Packet p = Packets.of(bytes);
                assertThat(structures.read(read, p, 0, bytes.length, 100 + i)).isTrue();
                compare(written, structure);
            }
        });
    }

    private void compare(WrittenDescriptor written, WrittenDescriptor.Structure of) {
        WrittenDescriptor.Template template = of.templates().get(written.template());
        assertThat(read.startOfFrame()).isEqualTo(written.start());
        assertThat(read.endOfFrame()).isEqualTo(written.end());
        assertThat(read.frameNumber()).isEqualTo(written.frame());
        assertThat(read.hasNewStructure()).isEqualTo(written.structure() != null);
        assertThat(read.spatialLayer()).isEqualTo(template.spatial());
        assertThat(read.temporalLayer()).isEqualTo(template.temporal());
        long all = written.structure() == null ? DependencyDescriptor.NONE : (1L << of.targets()) - 1;
        assertThat(read.activeDecodeTargets()).isEqualTo(written.active() < 0 ? all : written.active());
        assertThat(IntStream.range(0, of.targets()).map(read::indication))
                .containsExactly(boxed(written.indications(), template.indications()));
        assertThat(IntStream.range(0, read.differences()).map(read::difference))
                .containsExactly(boxed(written.differences(), template.differences()));
        assertThat(IntStream.range(0, of.chains()).map(read::chainDifference))
                .containsExactly(boxed(written.chainDifferences(), template.chainDifferences()));
        compare(Objects.requireNonNull(read.structure()), of);
    }

    private static Integer[] boxed(int @Nullable [] own, int[] templates) {
        return IntStream.of(own == null ? templates : own).boxed().toArray(Integer[]::new);
    }

    private static void compare(DependencyStructure structure, WrittenDescriptor.Structure of) {
        assertThat(structure.templates()).isEqualTo(of.templates().size());
        assertThat(structure.decodeTargets()).isEqualTo(of.targets());
        assertThat(structure.chains()).isEqualTo(of.chains());
        for (int target = 0; target < of.targets(); target++) {
            int at = target;
            assertThat(structure.chainOf(target)).isEqualTo(of.chains() == 0 ? -1 : of.chainOf()[target]);
            assertThat(structure.targetSpatialLayer(target))
                    .isEqualTo(of.templates().stream()
                            .filter(t -> t.indications()[at] != DependencyDescriptor.NOT_PRESENT)
                            .mapToInt(WrittenDescriptor.Template::spatial)
                            .max()
                            .orElse(0));
        }
        int sizes = of.sizes().length / 2;
        for (int layer = 0; layer < structure.spatialLayers(); layer++) {
            assertThat(structure.width(layer)).isEqualTo(layer < sizes ? of.sizes()[2 * layer] : 0);
            assertThat(structure.height(layer)).isEqualTo(layer < sizes ? of.sizes()[2 * layer + 1] : 0);
        }
    }

    @Test
    void moreFramesThanOneCanNeedAreRefused() {
        WrittenDescriptor.Structure structure = structure(new SplittableRandom(1));
        int[] needs = IntStream.rangeClosed(1, 17).toArray();
        WrittenDescriptor written = new WrittenDescriptor(true, true, 1, 0, structure, -1, null, needs, null);
        byte[] bytes = written.toBytes(structure);
        assertThat(read.parse(Packets.of(bytes), 0, bytes.length, null)).isFalse();
    }

    @Test
    void packetsThatAKeyFrameOvertookAreReadByTheStructureBefore() {
        SplittableRandom random = new SplittableRandom(2);
        WrittenDescriptor.Structure first = structureAt(0);
        WrittenDescriptor.Structure second = structureAt(30);
        DependencyStructures structures = new DependencyStructures();
        assertThat(reads(structures, frame(random, first, true, 1), first, 10)).isTrue();
        assertThat(reads(structures, frame(random, second, true, 3), second, 12))
                .isTrue();
        WrittenDescriptor late = new WrittenDescriptor(true, true, 2, 1, null, -1, null, null, null);
        assertThat(reads(structures, late, first, 11)).isTrue();
        assertThat(read.temporalLayer()).isEqualTo(1);
        assertThat(reads(structures, late, first, 13))
                .as("not behind the key frame")
                .isFalse();
        assertThat(reads(structures, frame(random, first, true, 1), first, 10))
                .as("recalled")
                .isTrue();
        assertThat(reads(structures, late, second, 14))
                .as("and nothing has changed")
                .isTrue();
    }

    private static WrittenDescriptor.Structure structureAt(int offset) {
        List<WrittenDescriptor.Template> templates = List.of(
                new WrittenDescriptor.Template(0, 0, new int[] {2, 2}, new int[] {1}, new int[0]),
                new WrittenDescriptor.Template(0, 1, new int[] {0, 1}, new int[] {1}, new int[0]));
        return new WrittenDescriptor.Structure(offset, 2, templates, 0, new int[0], new int[0]);
    }

    private boolean reads(
            DependencyStructures structures, WrittenDescriptor written, WrittenDescriptor.Structure of, long index) {
        byte[] bytes = written.toBytes(of);
        return structures.read(read, Packets.of(bytes), 0, bytes.length, index);
    }
}
