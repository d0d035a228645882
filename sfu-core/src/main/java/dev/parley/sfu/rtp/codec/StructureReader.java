package dev.parley.sfu.rtp.codec;

import java.util.Arrays;

/// Reads a template dependency structure field by field, AV1 RTP payload specification A.8.2:
///
///     | template id offset 6 | decode targets - 1: 5 |
///     | next layer 2 ... | indications 2 each | frame differences 1 + 4 each | chains ns | ... | resolutions |
///
/// Used once; what it read becomes a `DependencyStructure`.
final class StructureReader {
    private static final int NEXT_TEMPORAL = 1;
    private static final int NEXT_SPATIAL = 2;
    private static final int END = 3;

    int templateIdOffset;
    int decodeTargets;
    byte[] spatialIds = {};
    byte[] temporalIds = {};
    byte[] indications = {};
    byte[] differences = {};
    short[] differencesFrom = {};
    int chains;
    byte[] chainOfTarget = {};
    byte[] chainDifferences = {};
    int[] resolutions = {};

    /// @return false when it is cut off or has more templates or layers than there can be
    boolean read(BitReader r) {
        templateIdOffset = r.bits(6);
        decodeTargets = r.bits(5) + 1;
        if (!layers(r)) {
            return false;
        }
        int templates = spatialIds.length;
        indications = fields(r, templates * decodeTargets, 2);
        frameDifferences(r, templates);
        chains(r, templates);
        if (r.flag()) {
            resolutions(r, spatialIds[templates - 1] + 1);
        }
        return !r.overrun();
    }

    private boolean layers(BitReader r) {
        byte[] spatial = new byte[DependencyStructure.TEMPLATES_MAX];
        byte[] temporal = new byte[DependencyStructure.TEMPLATES_MAX];
        int spatialId = 0;
        int temporalId = 0;
        for (int count = 0; count < DependencyStructure.TEMPLATES_MAX && !r.overrun(); ) {
            spatial[count] = (byte) spatialId;
            temporal[count] = (byte) temporalId;
            count++;
            int next = r.bits(2);
            if (next == END) {
                spatialIds = Arrays.copyOf(spatial, count);
                temporalIds = Arrays.copyOf(temporal, count);
                return true;
            }
            spatialId += next == NEXT_SPATIAL ? 1 : 0;
            temporalId = next == NEXT_SPATIAL ? 0 : next == NEXT_TEMPORAL ? temporalId + 1 : temporalId;
            if (spatialId > DependencyStructure.SPATIAL_MAX || temporalId > DependencyStructure.TEMPORAL_MAX) {
                return false;
            }
        }
        return false;
    }

    private void frameDifferences(BitReader r, int templates) {
        byte[] read = new byte[DependencyDescriptor.BITS_MAX / 5]; // each takes five bits
        int count = 0;
        differencesFrom = new short[templates + 1];
        for (int i = 0; i < templates; i++) {
            while (r.flag()) {
                read[count++] = (byte) (r.bits(4) + 1);
            }
            differencesFrom[i + 1] = (short) count;
        }
        differences = Arrays.copyOf(read, count);
    }

    private void chains(BitReader r, int templates) {
        chains = r.belowRange(decodeTargets + 1);
        if (chains > 0) {
            chainOfTarget = new byte[decodeTargets];
            for (int i = 0; i < decodeTargets; i++) {
                chainOfTarget[i] = (byte) r.belowRange(chains);
            }
            chainDifferences = fields(r, templates * chains, 4);
        }
    }

    private void resolutions(BitReader r, int spatialLayers) {
        resolutions = new int[spatialLayers];
        for (int i = 0; i < spatialLayers; i++) {
            resolutions[i] = r.bits(16) << 16 | r.bits(16);
        }
    }

    private static byte[] fields(BitReader r, int count, int width) {
        byte[] fields = new byte[count];
        for (int i = 0; i < count; i++) {
            fields[i] = (byte) r.bits(width);
        }
        return fields;
    }
}
