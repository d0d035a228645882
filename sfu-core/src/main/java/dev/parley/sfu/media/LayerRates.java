package dev.parley.sfu.media;

import java.util.Arrays;

/// What the layers of one encoding take, measured over the last second. Follows a rise at once and a fall slowly, so
/// that a picture which stands still for a moment does not give away what it needs in the next. Lives on one loop;
/// counting a packet is an addition.
final class LayerRates {
    static final int SPATIAL_MAX = 4;
    private static final int TEMPORAL_MAX = SourceLayers.TEMPORAL_MAX;
    private static final int LAYERS = SPATIAL_MAX * TEMPORAL_MAX;

    private static final long SLOT_NS = 250_000_000;
    private static final int SLOTS = 4;
    /// Before it, a key frame alone would be the rate.
    private static final int SLOTS_TO_KNOW = 2;
    /// A slot; half is forgotten in 3.4 s.
    private static final double KEPT_OF_PEAK = 0.95;
    /// So many silent slots leave nothing that is worth a division.
    private static final int SLOTS_REMEMBERED = 120;

    private final long[] bytes = new long[SLOTS * LAYERS];
    private final long[] held = new long[LAYERS];
    private int slot;
    private long slotEndNs = Long.MIN_VALUE;
    private int filled;
    private int spatialLayers = 1;
    private int temporalLayers = 1;

    /// A packet of a layer.
    void count(int spatial, int temporal, int length, long nowNs) {
        advance(nowNs);
        int layer = Math.min(spatial, SPATIAL_MAX - 1) * TEMPORAL_MAX + Math.min(temporal, TEMPORAL_MAX - 1);
        bytes[slot * LAYERS + layer] += length;
    }

    /// To be called before reading.
    void advance(long nowNs) {
        if (slotEndNs == Long.MIN_VALUE) {
            slotEndNs = nowNs + SLOT_NS;
        }
        if (nowNs < slotEndNs) {
            return;
        }
        long slots = (nowNs - slotEndNs) / SLOT_NS + 1;
        slotEndNs += slots * SLOT_NS;
        for (long i = Math.min(slots, SLOTS_REMEMBERED); i > 0; i--) {
            filled = Math.min(filled + 1, SLOTS);
            measure();
            slot = (slot + 1) % SLOTS;
            Arrays.fill(bytes, slot * LAYERS, (slot + 1) * LAYERS, 0);
        }
        if (slots > SLOTS_REMEMBERED) {
            Arrays.fill(held, 0);
        }
    }

    private void measure() {
        int spatial = 0;
        int temporal = 0;
        for (int s = 0; s < SPATIAL_MAX; s++) {
            for (int t = 0; t < TEMPORAL_MAX; t++) {
                int layer = s * TEMPORAL_MAX + t;
                if (inWindow(layer) > 0) {
                    spatial = Math.max(spatial, s);
                    temporal = Math.max(temporal, t);
                }
                long measured = upTo(s, t) * Byte.SIZE * 1_000_000_000 / (filled * SLOT_NS);
                held[layer] = Math.max(measured, (long) (held[layer] * KEPT_OF_PEAK));
            }
        }
        spatialLayers = spatial + 1;
        temporalLayers = temporal + 1;
    }

    private long upTo(int spatial, int temporal) {
        long sum = 0;
        for (int s = 0; s <= spatial; s++) {
            for (int t = 0; t <= temporal; t++) {
                sum += inWindow(s * TEMPORAL_MAX + t);
            }
        }
        return sum;
    }

    private long inWindow(int layer) {
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            sum += bytes[i * LAYERS + layer];
        }
        return sum;
    }

    boolean known() {
        return filled >= SLOTS_TO_KNOW;
    }

    /// Those that came in the last second, at least 1.
    int spatialLayers() {
        return spatialLayers;
    }

    /// Those that came in the last second, at least 1.
    int temporalLayers() {
        return temporalLayers;
    }

    /// Of a layer with all below it.
    long bps(int spatial, int temporal) {
        return held[spatial * TEMPORAL_MAX + temporal];
    }
}
