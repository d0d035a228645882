package dev.parley.sfu.media;

/// Thins the audio levels of packets out to what a room needs to know: that there is a voice, at once when it begins,
/// and then ten times a second how loud it is. A packet that is too small for sound is none, whatever it claims.
final class AudioLevelMeter {
    /// The packet does not say how loud it is.
    static final int UNKNOWN = -1;

    private static final long INTERVAL_NS = 100_000_000;
    private static final int SILENCE = 127;
    /// Opus in DTX sends one or two bytes of comfort noise.
    static final int SILENT_PAYLOAD_MAX = 3;
    /// What sound counts for whose loudness nobody told.
    private static final int ASSUMED_LEVEL = 40;

    private long nextNs = Long.MIN_VALUE;
    private int gathered = SILENCE;
    private int loudest = SILENCE;

    /// Whether there is something to tell; `loudest` then has the level since the last time.
    boolean heard(int level, int payloadLength, long nowNs) {
        gathered = Math.min(gathered, believed(level, payloadLength));
        if (nowNs < nextNs) {
            return false;
        }
        loudest = gathered;
        gathered = SILENCE;
        if (loudest > ActiveSpeaker.AUDIBLE_MAX) {
            return false; // and the next sound, whenever it comes, is told at once
        }
        nextNs = nowNs + INTERVAL_NS;
        return true;
    }

    int loudest() {
        return loudest;
    }

    private static int believed(int level, int payloadLength) {
        if (payloadLength <= SILENT_PAYLOAD_MAX) {
            return SILENCE;
        }
        return level == UNKNOWN ? ASSUMED_LEVEL : level;
    }
}
