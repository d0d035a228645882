package dev.parley.sfu.media;

/// Thins the audio levels of packets out to what a room needs to know: whether there is a voice now, at most ten times
/// a second.
final class AudioLevelMeter {
    /// The packet does not say how loud it is.
    static final int UNKNOWN = -1;

    private static final long INTERVAL_NS = 100_000_000;
    private static final int SILENCE = 127;
    /// Opus in DTX sends one or two bytes of comfort noise.
    private static final int SILENT_PAYLOAD_MAX = 3;
    /// What sound counts for whose loudness nobody told.
    private static final int ASSUMED_LEVEL = 40;

    private long nextNs = Long.MIN_VALUE;
    private int gathered = SILENCE;
    private int loudest = SILENCE;

    /// Whether there is something to tell; `loudest` then has the level of the interval.
    boolean heard(int level, int payloadLength, long nowNs) {
        gathered = Math.min(gathered, level != UNKNOWN ? level : assumed(payloadLength));
        if (nowNs < nextNs) {
            return false;
        }
        nextNs = nowNs + INTERVAL_NS;
        loudest = gathered;
        gathered = SILENCE;
        return loudest <= ActiveSpeaker.AUDIBLE_MAX;
    }

    int loudest() {
        return loudest;
    }

    private static int assumed(int payloadLength) {
        return payloadLength > SILENT_PAYLOAD_MAX ? ASSUMED_LEVEL : SILENCE;
    }
}
