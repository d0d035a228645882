package dev.parley.sfu.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who in a room makes sound, from the audio levels (RFC 6464) that their packets carry. `S` names a source. Lives on
/// the room's loop and hears of a source at most ten times a second.
public final class ActiveSpeaker<S> {
    /// -dBov below which it is a voice and not the room's noise.
    public static final int AUDIBLE_MAX = 50;
    /// Pauses between words are shorter.
    private static final long SPEAKING_HOLD_NS = 400_000_000;

    /// What a voice sounded like so lately may not have been told yet.
    private static final long UNTOLD_NS = 100_000_000;

    private static final class Voice {
        private long heardNs;
        private int level;
    }

    private final Map<S, Voice> voices = new HashMap<>();

    public void heard(S source, int level, long nowNs) {
        Voice voice = voices.computeIfAbsent(source, _ -> new Voice());
        voice.heardNs = nowNs;
        voice.level = level;
    }

    public void gone(S source) {
        voices.remove(source);
    }

    /// Who speaks now, loudest first.
    public List<S> speaking(long nowNs) {
        List<S> speaking = new ArrayList<>();
        voices.forEach((source, voice) -> {
            if (nowNs - voice.heardNs < SPEAKING_HOLD_NS) {
                speaking.add(source);
            }
        });
        speaking.sort(Comparator.comparingInt(this::level));
        return speaking;
    }

    /// When this source made its last sound, or the beginning of time.
    public long lastHeardNs(S source) {
        Voice voice = voices.get(source);
        return voice == null ? Long.MIN_VALUE : voice.heardNs;
    }

    /// Whether this source has made no sound for at least so long.
    public boolean silent(S source, long forNs, long nowNs) {
        return lastHeardNs(source) <= nowNs - forNs - UNTOLD_NS;
    }

    private int level(S source) {
        Voice voice = voices.get(source);
        return voice == null ? 127 : voice.level;
    }
}
