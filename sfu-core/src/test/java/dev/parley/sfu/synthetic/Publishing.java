package dev.parley.sfu.synthetic;

/// What a simulated browser sends.
///
/// @param speaks by chance, a fifth of the time; else only when told
/// @param frameBytes of the camera's encodings from low to high, an average frame each; none without a camera
/// @param active which encodings are sent, one bit each
public record Publishing(boolean microphone, boolean speaks, int[] frameBytes, int active, int framesPerSecond) {
    private static final int[] CAMERA = {600, 1800, 4200};

    /// Our page: three encodings, of which one is active; the highest has 1 Mbit/s.
    public static Publishing page() {
        return new Publishing(true, true, CAMERA, 0b100, 30);
    }

    /// All three encodings, 1.6 Mbit/s.
    public static Publishing simulcast() {
        return new Publishing(true, true, CAMERA, 0b111, 30);
    }

    /// Five packets of picture a second, for very long runs.
    public static Publishing thin() {
        return new Publishing(true, true, new int[] {100, 100, 200}, 0b100, 5);
    }

    public static Publishing nothing() {
        return new Publishing(false, false, new int[0], 0, 30);
    }

    /// A voice only.
    public static Publishing voice() {
        return new Publishing(true, false, new int[0], 0, 30);
    }

    /// Speaks when it is told to, and not by chance.
    public Publishing silent() {
        return new Publishing(microphone, false, frameBytes, active, framesPerSecond);
    }

    public Publishing active(int bits) {
        return new Publishing(microphone, speaks, frameBytes, bits, framesPerSecond);
    }

    public boolean camera() {
        return frameBytes.length > 0;
    }
}
