package dev.parley.sfu.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who in a room makes sound, from the audio levels (RFC 6464) that their packets carry. `S` names a source. Lives on
/// the room's loop and hears of a source at once when it begins, then at most ten times a second.
public final class ActiveSpeaker<S> {
    /// -dBov below which it is a voice and not the room's noise.
    public static final int AUDIBLE_MAX = 50;
    /// Pauses between words are shorter.
    private static final long SPEAKING_HOLD_NS = 400_000_000;

    /// What a voice sounded like so lately may not have been told yet.
    private static final long UNTOLD_NS = 100_000_000;

    private static final VoiceLevel NOTHING = new VoiceLevel();

    private final Map<S, VoiceLevel> voices = new HashMap<>();

    public void heard(S source, int level, long nowNs) {
        voices.computeIfAbsent(source, _ -> new VoiceLevel()).heard(level, nowNs);
    }

    public void gone(S source) {
        voices.remove(source);
    }

    /// Who speaks now, loudest first.
    public List<S> speaking(long nowNs) {
        List<S> speaking = new ArrayList<>();
        voices.forEach((source, voice) -> {
            if (nowNs - voice.heardNs() < SPEAKING_HOLD_NS) {
                speaking.add(source);
            }
        });
        speaking.sort(Comparator.comparingInt(source -> voice(source).level()));
        return speaking;
    }

    /// When this source made its last sound, or the beginning of time.
    public long lastHeardNs(S source) {
        return voice(source).heardNs();
    }

    /// Whether this source has made no sound for at least so long.
    public boolean silent(S source, long forNs, long nowNs) {
        return lastHeardNs(source) <= nowNs - forNs - UNTOLD_NS;
    }

    /// How much of a voice it has had lately, in decibels over its own noise: what makes one speaker more than another.
    public double loudness(S source, long nowNs) {
        return voice(source).loudness(nowNs);
    }

    private VoiceLevel voice(S source) {
        return voices.getOrDefault(source, NOTHING);
    }
}
