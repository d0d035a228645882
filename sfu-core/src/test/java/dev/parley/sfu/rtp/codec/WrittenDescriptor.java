package dev.parley.sfu.rtp.codec;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dependency descriptor as its sender thinks of it, written field by field: AV1 RTP payload specification A.8.
///
/// @param template its place in the structure
/// @param structure that later descriptors refer to; null when it is known
/// @param active bit d for decode target d; negative when it is not said
/// @param indications of its own, null when those of the template hold; so with the other two
public record WrittenDescriptor(
        boolean start,
        boolean end,
        int frame,
        int template,
        @Nullable Structure structure,
        long active,
        int @Nullable [] indications,
        int @Nullable [] differences,
        int @Nullable [] chainDifferences) {

    /// What frames of a kind have in common.
    public record Template(int spatial, int temporal, int[] indications, int[] differences, int[] chainDifferences) {}

    /// @param templates in the order of their layers
    /// @param chainOf for each decode target
    /// @param sizes width and height of each spatial layer, or nothing
    public record Structure(int offset, int targets, List<Template> templates, int chains, int[] chainOf, int[] sizes) {
        void write(BitWriter w) {
            w.bits(6, offset).bits(5, targets - 1);
            for (int i = 1; i < templates.size(); i++) {
                Template before = templates.get(i - 1);
                Template next = templates.get(i);
                w.bits(2, next.spatial > before.spatial ? 2 : next.temporal > before.temporal ? 1 : 0);
            }
            w.bits(2, 3);
            templates.forEach(template -> Arrays.stream(template.indications).forEach(value -> w.bits(2, value)));
            for (Template template : templates) {
                Arrays.stream(template.differences)
                        .forEach(value -> w.bits(1, 1).bits(4, value - 1));
                w.bits(1, 0);
            }
            w.belowRange(targets + 1, chains);
            if (chains > 0) {
                Arrays.stream(chainOf).forEach(chain -> w.belowRange(chains, chain));
                templates.forEach(
                        template -> Arrays.stream(template.chainDifferences).forEach(value -> w.bits(4, value)));
            }
            w.bits(1, sizes.length == 0 ? 0 : 1);
            Arrays.stream(sizes).forEach(value -> w.bits(16, value - 1));
        }
    }

    /// @param current the structure that the descriptor refers to
    public byte[] toBytes(Structure current) {
        BitWriter w = new BitWriter();
        w.bits(1, start ? 1 : 0).bits(1, end ? 1 : 0);
        w.bits(6, (current.offset + template) % 64).bits(16, frame);
        if (structure == null && active < 0 && indications == null && differences == null && chainDifferences == null) {
            return w.toBytes();
        }
        w.bits(1, structure == null ? 0 : 1).bits(1, active < 0 ? 0 : 1);
        w.bits(1, indications == null ? 0 : 1);
        w.bits(1, differences == null ? 0 : 1);
        w.bits(1, chainDifferences == null ? 0 : 1);
        if (structure != null) {
            structure.write(w);
        }
        if (active >= 0) {
            w.bits(current.targets, (int) active);
        }
        if (indications != null) {
            Arrays.stream(indications).forEach(value -> w.bits(2, value));
        }
        if (differences != null) {
            Arrays.stream(differences).forEach(value -> ownDifference(w, value - 1));
            w.bits(2, 0);
        }
        if (chainDifferences != null) {
            Arrays.stream(chainDifferences).forEach(value -> w.bits(8, value));
        }
        return w.toBytes();
    }

    private static void ownDifference(BitWriter w, int value) {
        int size = value < 16 ? 1 : value < 256 ? 2 : 3;
        w.bits(2, size).bits(4 * size, value);
    }
}
