package dev.parley.sfu.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Whose voices are sent: a few seats, the same for the whole room, so that who speaks costs the same however many
/// listen. A voice that begins gets a seat at once, from the one that has been silent longest. Where all of them sound,
/// it
/// has to be louder than one of them for a while; steady noise is soon outdone. Whoever has a seat keeps it until
/// somebody
/// needs it: in a small call everybody has one. Lives on the room's loop.
///
/// There is one seat more than voices are sent, because nobody is sent their own: whoever is in one of the first seats
/// hears the other ones, everybody else hears the first ones.
public final class Voices<S> {
    /// How much more a newcomer must have than one who still sounds.
    private static final double RATIO = 1.25;

    private static final double MARGIN = 3;

    private final ActiveSpeaker<S> speakers;
    private final int sent;
    private final long holdNs;
    private final List<S> seats = new ArrayList<>();

    /// @param sent how many a listener is sent
    /// @param holdNs a voice keeps its seat for so long after its last sound
    public Voices(ActiveSpeaker<S> speakers, int sent, long holdNs) {
        this.speakers = speakers;
        this.sent = sent;
        this.holdNs = holdNs;
    }

    /// A source makes sound, as `ActiveSpeaker` knows already.
    ///
    /// @return whether somebody is sent something else now
    public boolean heard(S source, long nowNs) {
        int at = seats.indexOf(source);
        if (at >= 0 && at < sent) {
            return false;
        }
        if (at < 0 && seats.size() < sent) {
            return seats.add(source);
        }
        S yields = yielding(seats.subList(0, sent), source, nowNs);
        if (yields != null) {
            exchange(yields, source);
            return true;
        }
        return at < 0 && next(source, nowNs);
    }

    /// What was the newcomer's place, if it had one, is for whoever it takes the seat from, who was heard lately.
    private void exchange(S former, S source) {
        seats.remove(source);
        seats.set(seats.indexOf(former), source);
        if (seats.size() == sent) {
            seats.add(former);
        } else if (speakers.lastHeardNs(former) > speakers.lastHeardNs(seats.getLast())) {
            seats.set(sent, former);
        }
    }

    /// The seat for those who have one of the first themselves.
    private boolean next(S source, long nowNs) {
        if (seats.size() == sent) {
            return seats.add(source);
        }
        boolean yields = yielding(seats.subList(sent, sent + 1), source, nowNs) != null;
        if (yields) {
            seats.set(sent, source);
        }
        return yields;
    }

    private @Nullable S yielding(List<S> among, S newcomer, long nowNs) {
        S longest = among.stream()
                .min(Comparator.comparingLong(speakers::lastHeardNs))
                .orElseThrow();
        if (speakers.silent(longest, holdNs, nowNs)) {
            return longest;
        }
        S quietest = among.stream()
                .min(Comparator.comparingDouble(seated -> speakers.loudness(seated, nowNs)))
                .orElseThrow();
        double least = speakers.loudness(quietest, nowNs) * RATIO + MARGIN;
        return speakers.loudness(newcomer, nowNs) > least ? quietest : null;
    }

    /// Brings the seats in accord with who is there: the gone lose theirs, which go to those heard last, else to the
    /// first ones of the others.
    ///
    /// @param others in the order of joining; looked at only while there are seats
    /// @return whether anything changed
    public boolean settle(Predicate<S> there, Iterable<S> others) {
        boolean changed = seats.removeIf(there.negate());
        if (seats.size() > sent) {
            return changed;
        }
        List<S> waiting = new ArrayList<>();
        for (S other : others) {
            if (there.test(other) && !seats.contains(other)) {
                waiting.add(other);
            }
        }
        waiting.sort(Comparator.comparingLong(speakers::lastHeardNs).reversed());
        List<S> seated = waiting.subList(0, Math.min(waiting.size(), sent + 1 - seats.size()));
        seats.addAll(seated);
        return changed || !seated.isEmpty();
    }

    /// The voices that this one is sent; who has none of the seats may ask as well.
    public List<S> heardBy(S listener) {
        List<S> heard = new ArrayList<>(seats);
        heard.remove(listener);
        return heard.size() > sent ? heard.subList(0, sent) : heard;
    }
}
