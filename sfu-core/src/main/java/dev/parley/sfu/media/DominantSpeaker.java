package dev.parley.sfu.media;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Who holds the floor, and who held it before, the last one first: a word between does not count, nor does whoever is
/// merely loud, and it changes at most once a second. Lives on the room's loop.
///
/// The idea is that of Volfin and Cohen ("Dominant Speaker Identification for Multipoint Videoconferencing", 2012): by
/// how much the newcomer has spoken lately, compared with the one who is there. Ours looks at one time span instead of
/// three, and `VoiceLevel` takes the steady noise out.
public final class DominantSpeaker<S> {
    /// Two tenths of a second of a clear voice.
    private static final double ENOUGH = 4;
    /// What a newcomer must have of what the one has who has just begun, and who has held the floor for long: then even
    /// somebody quieter gets it, and nobody has it for ever.
    private static final double RATIO_AT_FIRST = 1.25;

    private static final double RATIO_AT_LAST = 0.5;
    private static final double LONG_NS = 30e9;
    private static final double MARGIN = 2;
    private static final long HOLD_NS = 1_000_000_000;

    private final ActiveSpeaker<S> speakers;
    private final SequencedSet<S> recent = new LinkedHashSet<>();
    private @Nullable S dominant;
    private long sinceNs;

    public DominantSpeaker(ActiveSpeaker<S> speakers) {
        this.speakers = speakers;
    }

    /// A source makes sound, as `ActiveSpeaker` knows already.
    ///
    /// @return whether it is another who holds the floor now
    public boolean heard(S source, long nowNs) {
        S former = dominant;
        if (source.equals(former) || speakers.loudness(source, nowNs) < needed(former, nowNs)) {
            return false;
        }
        dominant = source;
        sinceNs = nowNs;
        recent.addFirst(source);
        return true;
    }

    private double needed(@Nullable S former, long nowNs) {
        if (former == null) {
            return ENOUGH;
        }
        long heldNs = nowNs - sinceNs;
        double ratio = Math.max(RATIO_AT_LAST, RATIO_AT_FIRST - (RATIO_AT_FIRST - RATIO_AT_LAST) * heldNs / LONG_NS);
        double least = Math.max(ENOUGH, speakers.loudness(former, nowNs) * ratio + MARGIN);
        return heldNs < HOLD_NS ? Double.POSITIVE_INFINITY : least;
    }

    /// It is not there any more.
    public void gone(S source) {
        recent.remove(source);
        if (source.equals(dominant)) {
            dominant = null;
        }
    }

    /// The one who holds the floor, or did last while there is nobody else.
    public @Nullable S dominant() {
        return dominant;
    }

    /// Those who held the floor, the last one first.
    public Collection<S> recent() {
        return Collections.unmodifiableCollection(recent);
    }
}
