package dev.parley.sfu.media;

/// What an encoding takes that is not sent now, or since a moment only. These are the bounds that our page gives its
/// encoders.
final class NominalRates {
    /// Cameras, from the largest down.
    private static final long[] CAMERA_BPS = {1_700_000, 500_000, 150_000};

    private static final long SCREEN_BPS = 2_500_000;

    /// Encoders leave it at this where the picture is so small that they need no more.
    private static final double BITS_PER_PIXEL = 2.6;

    private static final long LEAST_BPS = 30_000;

    private NominalRates() {}

    static long bps(SourceLayers layers, int layer, boolean screen) {
        int fromTop = layers.count() - 1 - layer;
        if (screen) {
            return SCREEN_BPS >> (2 * fromTop);
        }
        long bound = CAMERA_BPS[Math.min(fromTop, CAMERA_BPS.length - 1)];
        long pixels = (long) layers.width(layer) * layers.height(layer);
        return pixels == 0 ? bound : Math.clamp((long) (pixels * BITS_PER_PIXEL), LEAST_BPS, bound);
    }
}
