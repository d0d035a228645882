package dev.parley.sfu.media;

import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.codec.DependencyDescriptor;
import dev.parley.sfu.rtp.codec.WrittenDescriptor;
import java.util.ArrayList;
import java.util.List;

/// How an encoder of the scenes layers its frames: always three temporal layers in the order 0 2 1 2, where
/// each second frame of layer 1 also needs the one before it, so that not every frame is one at which layers
/// may be added.
enum LayerPattern {
    /// By the VP8 descriptor.
    VP8(Codec.VP8, 1, false, false),
    /// By the VP9 descriptor.
    VP9(Codec.VP9, 1, false, false),
    /// H.264 says nothing itself.
    H264(Codec.H264, 1, true, false),
    /// Three spatial layers, each frame with those below it.
    AV1(Codec.AV1, 3, true, false),
    /// Three spatial layers that depend on each other in key frames only.
    AV1_KEY(Codec.AV1, 3, true, true);

    static final int TEMPORAL = 3;
    private static final int[] ORDER = {0, 2, 1, 2};
    private static final int CYCLE = ORDER.length;

    final Codec codec;
    final int spatial;
    final boolean described;
    final boolean keyOnly;

    LayerPattern(Codec codec, int spatial, boolean described, boolean keyOnly) {
        this.codec = codec;
        this.spatial = spatial;
        this.described = described;
        this.keyOnly = keyOnly;
    }

    /// @param unit pictures since the key frame
    static int temporal(int unit) {
        return ORDER[unit % CYCLE];
    }

    /// Whether the picture needs older pictures of layer 0 only.
    static boolean needsBaseOnly(int unit) {
        int at = unit % CYCLE;
        return at == 1 || (at == 2 && evenCycle(unit));
    }

    /// Whether no later picture of a higher layer needs one of before.
    static boolean higherBeginHere(int unit) {
        return temporal(unit) > 0 || evenCycle(unit);
    }

    private static boolean evenCycle(int unit) {
        return unit / CYCLE % 2 == 0;
    }

    /// Pictures of its spatial layer that a picture needs, by their distance.
    static List<Integer> needs(int unit) {
        List<Integer> needs = new ArrayList<>();
        int at = unit % CYCLE;
        if (unit > 0) {
            needs.add(at == 0 ? CYCLE : at == 3 ? 1 : at);
            if (at == 2 && !evenCycle(unit)) {
                needs.add(CYCLE);
            }
        }
        return needs;
    }

    int targets() {
        return spatial * TEMPORAL;
    }

    /// The targets of so many spatial layers, as a descriptor names those that are sent.
    static long targets(int spatial) {
        return (1L << (spatial * TEMPORAL)) - 1;
    }

    /// What a frame is to each decode target; target `3 * s + t` has the layers up to s and t.
    int[] indications(int layer, int unit) {
        int[] indications = new int[targets()];
        for (int target = 0; target < indications.length; target++) {
            indications[target] = indication(layer, unit, target / TEMPORAL, target % TEMPORAL);
        }
        return indications;
    }

    private int indication(int layer, int unit, int targetSpatial, int targetTemporal) {
        boolean absent = targetSpatial < layer || targetTemporal < temporal(unit);
        if (absent || (keyOnly && unit > 0 && targetSpatial != layer)) {
            return DependencyDescriptor.NOT_PRESENT;
        }
        if (unit == 0) {
            return DependencyDescriptor.SWITCH;
        }
        if (targetSpatial != layer) {
            return DependencyDescriptor.REQUIRED;
        }
        if (temporal(unit) == 2) {
            return DependencyDescriptor.DISCARDABLE;
        }
        boolean all = evenCycle(unit) || targetTemporal == 0;
        return all ? DependencyDescriptor.SWITCH : DependencyDescriptor.REQUIRED;
    }

    /// Whether a frame is part of the chain of a spatial layer, which protects all targets of that layer.
    boolean inChain(int layer, int unit, int chain) {
        boolean alone = keyOnly && unit > 0;
        return temporal(unit) == 0 && (alone ? layer == chain : layer <= chain);
    }

    WrittenDescriptor.Structure structure(int offset) {
        List<WrittenDescriptor.Template> templates = new ArrayList<>();
        for (int layer = 0; layer < spatial; layer++) {
            for (int temporal = 0; temporal < TEMPORAL; temporal++) {
                int unit = temporal == 0 ? 8 : 3 - temporal + 8;
                templates.add(new WrittenDescriptor.Template(
                        layer, temporal, indications(layer, unit), new int[] {1}, new int[spatial]));
            }
        }
        int[] chainOf = new int[targets()];
        for (int target = 0; target < chainOf.length; target++) {
            chainOf[target] = target / TEMPORAL;
        }
        return new WrittenDescriptor.Structure(offset, targets(), templates, spatial, chainOf, new int[0]);
    }
}
