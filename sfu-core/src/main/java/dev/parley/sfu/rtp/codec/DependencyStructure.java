package dev.parley.sfu.rtp.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The template dependency structure of a scalable stream, AV1 RTP payload specification A.8.2 and A.8.3: which
/// layer each template's frames belong to and what they mean for each decode target. Comes with key frames; later
/// frames name a template. Immutable.
public final class DependencyStructure {
    static final int TEMPLATES_MAX = 64;
    static final int DECODE_TARGETS_MAX = 32;
    static final int SPATIAL_MAX = 3;
    static final int TEMPORAL_MAX = 7;

    private static final int NEXT_TEMPORAL = 1;
    private static final int NEXT_SPATIAL = 2;
    private static final int END = 3;

    private final int templateIdOffset;
    private final int decodeTargets;
    private final byte[] spatialIds;
    private final byte[] temporalIds;
    /// Indication of template t for decode target d at `t * decodeTargets + d`.
    private final byte[] indications;
    private final int chains;
    private final int[] resolutions;

    private DependencyStructure(
            int templateIdOffset,
            int decodeTargets,
            byte[] spatialIds,
            byte[] temporalIds,
            byte[] indications,
            int chains,
            int[] resolutions) {
        this.templateIdOffset = templateIdOffset;
        this.decodeTargets = decodeTargets;
        this.spatialIds = spatialIds;
        this.temporalIds = temporalIds;
        this.indications = indications;
        this.chains = chains;
        this.resolutions = resolutions;
    }

    /// Null when it is cut off or has more templates or layers than there can be.
    static @Nullable DependencyStructure read(BitReader r) {
        int templateIdOffset = r.bits(6);
        int decodeTargets = r.bits(5) + 1;
        byte[] spatial = new byte[TEMPLATES_MAX];
        byte[] temporal = new byte[TEMPLATES_MAX];
        int templates = layers(r, spatial, temporal);
        if (templates < 0) {
            return null;
        }
        byte[] indications = new byte[templates * decodeTargets];
        for (int i = 0; i < indications.length; i++) {
            indications[i] = (byte) r.bits(2);
        }
        skipFrameDifferences(r, templates);
        int chains = chains(r, templates, decodeTargets);
        int[] resolutions = r.flag() ? resolutions(r, spatial[templates - 1] + 1) : new int[0];
        return r.overrun()
                ? null
                : new DependencyStructure(
                        templateIdOffset,
                        decodeTargets,
                        Arrays.copyOf(spatial, templates),
                        Arrays.copyOf(temporal, templates),
                        indications,
                        chains,
                        resolutions);
    }

    /// @return how many templates, -1 when there are too many
    private static int layers(BitReader r, byte[] spatial, byte[] temporal) {
        int spatialId = 0;
        int temporalId = 0;
        for (int count = 0; count < TEMPLATES_MAX && !r.overrun(); ) {
            spatial[count] = (byte) spatialId;
            temporal[count] = (byte) temporalId;
            count++;
            int next = r.bits(2);
            if (next == END) {
                return count;
            }
            spatialId += next == NEXT_SPATIAL ? 1 : 0;
            temporalId = next == NEXT_SPATIAL ? 0 : next == NEXT_TEMPORAL ? temporalId + 1 : temporalId;
            if (spatialId > SPATIAL_MAX || temporalId > TEMPORAL_MAX) {
                return -1;
            }
        }
        return -1;
    }

    private static void skipFrameDifferences(BitReader r, int templates) {
        for (int i = 0; i < templates; i++) {
            while (r.flag()) {
                r.bits(4);
            }
        }
    }

    private static int chains(BitReader r, int templates, int decodeTargets) {
        int chains = r.belowRange(decodeTargets + 1);
        if (chains > 0) {
            for (int i = 0; i < decodeTargets; i++) {
                r.belowRange(chains);
            }
            for (int i = 0; i < templates * chains; i++) {
                r.bits(4);
            }
        }
        return chains;
    }

    private static int[] resolutions(BitReader r, int spatialLayers) {
        int[] resolutions = new int[spatialLayers];
        for (int i = 0; i < spatialLayers; i++) {
            resolutions[i] = r.bits(16) << 16 | r.bits(16);
        }
        return resolutions;
    }

    /// The template that a frame names, -1 when this structure has none of that id.
    int template(int templateId) {
        int index = (templateId + TEMPLATES_MAX - templateIdOffset) % TEMPLATES_MAX;
        return index < spatialIds.length ? index : -1;
    }

    int indication(int template, int decodeTarget) {
        return indications[template * decodeTargets + decodeTarget];
    }

    int spatialId(int template) {
        return spatialIds[template];
    }

    int temporalId(int template) {
        return temporalIds[template];
    }

    int chains() {
        return chains;
    }

    public int templates() {
        return spatialIds.length;
    }

    public int decodeTargets() {
        return decodeTargets;
    }

    public int spatialLayers() {
        return spatialIds[spatialIds.length - 1] + 1;
    }

    public int temporalLayers() {
        int highest = 0;
        for (byte temporal : temporalIds) {
            highest = Math.max(highest, temporal);
        }
        return highest + 1;
    }

    /// Pixels, 0 when the structure does not say.
    public int width(int spatialLayer) {
        return spatialLayer < resolutions.length ? (resolutions[spatialLayer] >>> 16) + 1 : 0;
    }

    /// Pixels, 0 when the structure does not say.
    public int height(int spatialLayer) {
        return spatialLayer < resolutions.length ? (resolutions[spatialLayer] & 0xffff) + 1 : 0;
    }

    /// The highest spatial layer that a decode target has.
    public int targetSpatialLayer(int decodeTarget) {
        return highest(spatialIds, decodeTarget);
    }

    /// The highest temporal layer that a decode target has.
    public int targetTemporalLayer(int decodeTarget) {
        return highest(temporalIds, decodeTarget);
    }

    /// A.8.3 `decode_target_layers`: the highest among templates that are present for the target.
    private int highest(byte[] ids, int decodeTarget) {
        int highest = 0;
        for (int t = 0; t < ids.length; t++) {
            if (indication(t, decodeTarget) != DependencyDescriptor.NOT_PRESENT) {
                highest = Math.max(highest, ids[t]);
            }
        }
        return highest;
    }
}
