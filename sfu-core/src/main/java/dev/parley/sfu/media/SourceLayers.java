package dev.parley.sfu.media;

import java.util.Arrays;

/// What a source has to give now, layer by layer from the smallest to the largest: encodings where it has several, else
/// layers of size within the one. Filled anew for each look and used by one viewer; allocates nothing.
public final class SourceLayers {
    /// As many as an offer may have encodings.
    static final int SPATIAL_MAX = 8;

    /// L1T4 is more than any browser makes.
    static final int TEMPORAL_MAX = 4;

    /// As a rate: nothing was measured.
    static final long UNKNOWN = -1;

    /// What cameras are asked for, where no layer's size is known.
    private static final int ASSUMED_WIDTH = 1280;

    private static final int ASSUMED_HEIGHT = 720;

    private final int[] widths = new int[SPATIAL_MAX];
    private final int[] heights = new int[SPATIAL_MAX];
    private final int[] temporalLayers = new int[SPATIAL_MAX];
    private final boolean[] comes = new boolean[SPATIAL_MAX];
    private final boolean[] offered = new boolean[SPATIAL_MAX];
    private final long[] bps = new long[SPATIAL_MAX * TEMPORAL_MAX];
    private boolean encodings;
    private int count;

    /// @param encodings whether each layer comes and goes by itself
    void begin(boolean encodings) {
        this.encodings = encodings;
        count = 0;
    }

    /// The next larger layer.
    ///
    /// @param temporalLayers how many, at least 1
    /// @param comes it arrives now
    /// @param offered it arrives, or will when it is asked for
    void add(int width, int height, int temporalLayers, boolean comes, boolean offered) {
        if (count == SPATIAL_MAX) {
            return;
        }
        widths[count] = width;
        heights[count] = height;
        this.temporalLayers[count] = Math.clamp(temporalLayers, 1, TEMPORAL_MAX);
        this.comes[count] = comes;
        this.offered[count] = offered;
        Arrays.fill(bps, count * TEMPORAL_MAX, (count + 1) * TEMPORAL_MAX, UNKNOWN);
        count++;
    }

    /// What the layer that was added last takes up to this temporal layer, with all that it needs below.
    void rate(int temporal, long bitsPerSecond) {
        bps[(count - 1) * TEMPORAL_MAX + temporal] = bitsPerSecond;
    }

    /// Encodings are halves of each other in both browsers: the sizes of some tell those of the others.
    void assumeSizes() {
        if (!encodings) {
            return;
        }
        int known = count - 1;
        while (known >= 0 && heights[known] == 0) {
            known--;
        }
        int shift = known < 0 ? 0 : count - 1 - known;
        int width = known < 0 ? ASSUMED_WIDTH : widths[known] << shift;
        int height = known < 0 ? ASSUMED_HEIGHT : heights[known] << shift;
        for (int layer = 0; layer < count; layer++) {
            if (heights[layer] == 0) {
                widths[layer] = Math.max(1, width >> (count - 1 - layer));
                heights[layer] = Math.max(1, height >> (count - 1 - layer));
            }
        }
    }

    int count() {
        return count;
    }

    boolean encodings() {
        return encodings;
    }

    /// Pixels; 0 when nobody knows.
    int width(int layer) {
        return widths[layer];
    }

    /// Pixels; 0 when nobody knows.
    int height(int layer) {
        return heights[layer];
    }

    int temporalLayers(int layer) {
        return temporalLayers[layer];
    }

    boolean comes(int layer) {
        return comes[layer];
    }

    boolean offered(int layer) {
        return offered[layer];
    }

    /// Measured, or `UNKNOWN`.
    long bps(int layer, int temporal) {
        return bps[layer * TEMPORAL_MAX + temporal];
    }
}
