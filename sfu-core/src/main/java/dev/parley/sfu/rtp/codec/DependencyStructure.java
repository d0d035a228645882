package dev.parley.sfu.rtp.codec;

import org.jspecify.annotations.Nullable;

/// The template dependency structure of a scalable stream, AV1 RTP payload specification A.8.2 and A.8.3: which
/// layer each template's frames belong to, what they need and what they mean for each decode target. Comes with
/// key frames; later frames name a template. Immutable.
public final class DependencyStructure {
    static final int TEMPLATES_MAX = 64;
    static final int DECODE_TARGETS_MAX = 32;
    static final int SPATIAL_MAX = 3;
    static final int TEMPORAL_MAX = 7;

    private final int templateIdOffset;
    private final int decodeTargets;
    private final byte[] spatialIds;
    private final byte[] temporalIds;
    /// Indication of template t for decode target d at `t * decodeTargets + d`.
    private final byte[] indications;
    /// How many frames back each needed frame is, template after template.
    private final byte[] differences;
    /// Where those of a template begin, and of the last one end.
    private final short[] differencesFrom;

    private final int chains;
    /// The chain that protects each decode target; empty without chains.
    private final byte[] chainOfTarget;
    /// Of template t and chain c at `t * chains + c`.
    private final byte[] chainDifferences;
    private final int[] resolutions;
    private final byte[] targetSpatial;
    private final byte[] targetTemporal;

    private DependencyStructure(StructureReader read) {
        templateIdOffset = read.templateIdOffset;
        decodeTargets = read.decodeTargets;
        spatialIds = read.spatialIds;
        temporalIds = read.temporalIds;
        indications = read.indications;
        differences = read.differences;
        differencesFrom = read.differencesFrom;
        chains = read.chains;
        chainOfTarget = read.chainOfTarget;
        chainDifferences = read.chainDifferences;
        resolutions = read.resolutions;
        targetSpatial = highest(spatialIds);
        targetTemporal = highest(temporalIds);
    }

    /// Null when it is cut off or has more templates or layers than there can be.
    static @Nullable DependencyStructure read(BitReader r) {
        StructureReader read = new StructureReader();
        return read.read(r) ? new DependencyStructure(read) : null;
    }

    /// A.8.3 `decode_target_layers`: for each target the highest among templates that are present for it.
    private byte[] highest(byte[] ids) {
        byte[] highest = new byte[decodeTargets];
        for (int i = 0; i < indications.length; i++) {
            int target = i % decodeTargets;
            if (indications[i] != DependencyDescriptor.NOT_PRESENT) {
                highest[target] = (byte) Math.max(highest[target], ids[i / decodeTargets]);
            }
        }
        return highest;
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

    /// How many frames a template's frames need.
    int differences(int template) {
        return differencesFrom[template + 1] - differencesFrom[template];
    }

    /// How many frames back the i-th of them is.
    int difference(int template, int i) {
        return differences[differencesFrom[template] + i];
    }

    int chainDifference(int template, int chain) {
        return chainDifferences[template * chains + chain];
    }

    public int chains() {
        return chains;
    }

    /// The chain whose frames a decode target cannot do without, -1 when chains are not told.
    public int chainOf(int decodeTarget) {
        return chains == 0 ? -1 : chainOfTarget[decodeTarget];
    }

    /// Whether every frame of the second target is one of the first, as far as templates tell.
    public boolean contains(int decodeTarget, int other) {
        for (int template = 0; template < spatialIds.length; template++) {
            boolean needed = indication(template, other) != DependencyDescriptor.NOT_PRESENT;
            if (needed && indication(template, decodeTarget) == DependencyDescriptor.NOT_PRESENT) {
                return false;
            }
        }
        return true;
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
        return targetSpatial[decodeTarget];
    }

    /// The highest temporal layer that a decode target has.
    public int targetTemporalLayer(int decodeTarget) {
        return targetTemporal[decodeTarget];
    }
}
