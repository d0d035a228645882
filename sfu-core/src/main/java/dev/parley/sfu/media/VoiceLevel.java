package dev.parley.sfu.media;

/// How loud one source has been lately, as far as it was more than its own noise: speech has pauses and quiet moments,
/// a fan, a tone and a level that is made up have none, and sink to nothing. Lives on the room's loop.
final class VoiceLevel {
    /// -dBov; who is louder counts for no more.
    private static final int LOUD_ENOUGH = 30;
    /// How much of sound one report stands for: they come ten times a second.
    private static final long REPORT_NS = 100_000_000;
    /// A report that is missing: there was nothing to hear, and so there is no noise.
    private static final long PAUSE_NS = 100_000_000;
    /// How far back the loudness looks: a word counts a little, a sentence all.
    private static final double MEMORY_NS = 1e9;
    /// How fast what never becomes quieter is taken for noise, in dB a second.
    private static final double NOISE_RISE = 3;

    private long heardNs = Long.MIN_VALUE;
    private int level = 127;
    private double noise;
    private double loudness;

    /// @param told -dBov
    void heard(int told, long nowNs) {
        long gapNs = heardNs == Long.MIN_VALUE ? REPORT_NS + PAUSE_NS : Math.max(0, nowNs - heardNs);
        long soundNs = Math.min(gapNs, REPORT_NS);
        long silentNs = gapNs - soundNs;
        double loud = ActiveSpeaker.AUDIBLE_MAX + 5.0 - Math.max(told, LOUD_ENOUGH);
        noise = silentNs >= PAUSE_NS ? 0 : Math.min(loud, noise + NOISE_RISE * gapNs / 1e9);
        loudness *= Math.exp(-silentNs / MEMORY_NS);
        loudness += (loud - noise - loudness) * (1 - Math.exp(-soundNs / MEMORY_NS));
        heardNs = nowNs;
        level = told;
    }

    /// When it made its last sound, or the beginning of time.
    long heardNs() {
        return heardNs;
    }

    /// -dBov of the last sound.
    int level() {
        return level;
    }

    /// Decibels over its own noise, over about a second: a sentence has 10 to 20, a cough 5.
    double loudness(long nowNs) {
        return heardNs == Long.MIN_VALUE
                ? 0
                : loudness * Math.exp(-Math.max(0, nowNs - heardNs - REPORT_NS) / MEMORY_NS);
    }
}
