package dev.parley.sfu.media;

/// How large the pictures of one encoding are, by what its key frames say in the clear: the frame header of VP8, the
/// scalability structure of VP9, the parameter sets of H.264, or the dependency descriptor. Lives on one loop.
final class PictureSizes {
    /// Width in the upper 16 bits, 0 while unknown; by spatial layer.
    private final int[] sizes = new int[LayerRates.SPATIAL_MAX];

    void learn(MediaPacket packet) {
        if (!packet.startsDecoding() && !packet.bringsStructure()) {
            return;
        }
        for (int layer = 0; layer < sizes.length; layer++) {
            int size = packet.pictureSize(layer);
            if (size != 0) {
                sizes[layer] = size;
            }
        }
    }

    /// Pixels; 0 when nothing told it.
    int width(int layer) {
        return layer < sizes.length ? sizes[layer] >>> 16 : 0;
    }

    /// Pixels; 0 when nothing told it.
    int height(int layer) {
        return layer < sizes.length ? sizes[layer] & 0xffff : 0;
    }
}
