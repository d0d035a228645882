package dev.parley.sfu.room;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.media.ActiveSpeaker;
import dev.parley.sfu.media.DominantSpeaker;
import dev.parley.sfu.media.Voices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What there is to be seen and heard in a room, in the order in which it is shown to whoever asked for nobody: whoever
/// held the floor last comes first, then the others by the order of joining. One for the room, so that a viewer costs
/// what it is shown, however many there are. Lives on the room's loop.
final class Stage {
    /// Nothing has changed, however far one looks.
    static final int NOTHING_CHANGED = Integer.MAX_VALUE;

    private final ActiveSpeaker<Member> speakers = new ActiveSpeaker<>();
    private final DominantSpeaker<Member> dominance = new DominantSpeaker<>(speakers);
    private final Voices<Member> voices;
    private final Limits limits;
    /// Those of whom there is anything.
    private final Set<Member> members = new TreeSet<>(Comparator.comparingLong(Member::order));

    private List<PublishedTrack> cameras = List.of();
    private List<PublishedTrack> shares = List.of();

    Stage(Limits limits) {
        this.limits = limits;
        this.voices = new Voices<>(speakers, limits.voicesForwarded(), limits.voiceHoldNs());
    }

    ActiveSpeaker<Member> speakers() {
        return speakers;
    }

    /// What hearing somebody came to.
    ///
    /// @param begins they had been silent
    /// @param voices somebody is sent another voice
    /// @param floor another holds the floor
    record Heard(boolean begins, boolean voices, boolean floor) {}

    Heard heard(Member member, int level, long nowNs) {
        boolean silent = speakers.silent(member, limits.voiceHoldNs(), nowNs);
        speakers.heard(member, level, nowNs);
        return new Heard(silent, voices.heard(member, nowNs), dominance.heard(member, nowNs));
    }

    /// There is more or less of this member.
    void changed(Member member) {
        if (member.onStage()) {
            members.add(member);
        } else {
            members.remove(member);
        }
    }

    void gone(Member member) {
        members.remove(member);
        speakers.gone(member);
        dominance.gone(member);
    }

    /// Cameras, the first to be shown first.
    List<PublishedTrack> cameras() {
        return cameras;
    }

    /// Screens and their sound, in the order of joining.
    List<PublishedTrack> shares() {
        return shares;
    }

    /// Microphones that this viewer is sent.
    List<PublishedTrack> voices(Member viewer) {
        List<PublishedTrack> heard = new ArrayList<>();
        for (Member member : voices.heardBy(viewer)) {
            PublishedTrack voice = live(member, TrackSource.MICROPHONE);
            if (voice != null) {
                heard.add(voice);
            }
        }
        return heard;
    }

    boolean holdsFloor(Member member) {
        return member == dominance.dominant();
    }

    /// Puts the cameras into order again.
    ///
    /// @return the first place that has another one in it, or `NOTHING_CHANGED`
    int arrange() {
        Set<PublishedTrack> next = new LinkedHashSet<>();
        for (Member member : dominance.recent()) {
            add(next, member, TrackSource.CAMERA);
        }
        for (Member member : members) {
            add(next, member, TrackSource.CAMERA);
        }
        List<PublishedTrack> before = cameras;
        cameras = List.copyOf(next);
        return firstDifference(before, cameras);
    }

    private static int firstDifference(List<PublishedTrack> before, List<PublishedTrack> after) {
        int shorter = Math.min(before.size(), after.size());
        for (int i = 0; i < shorter; i++) {
            if (before.get(i) != after.get(i)) {
                return i;
            }
        }
        return before.size() == after.size() ? NOTHING_CHANGED : shorter;
    }

    /// Looks who shares.
    ///
    /// @return whether that has changed
    boolean lookForShares() {
        Set<PublishedTrack> next = new LinkedHashSet<>();
        for (Member member : members) {
            add(next, member, TrackSource.SCREEN);
            PublishedTrack sound = live(member, TrackSource.SCREEN_AUDIO);
            if (sound != null) {
                next.add(sound);
            }
        }
        List<PublishedTrack> before = shares;
        shares = List.copyOf(next);
        return !before.equals(shares);
    }

    /// Gives seats to those who can be heard.
    ///
    /// @return whether somebody is sent other voices
    boolean seat() {
        return voices.settle(
                member -> members.contains(member) && live(member, TrackSource.MICROPHONE) != null, members);
    }

    private static void add(Set<PublishedTrack> to, Member member, TrackSource source) {
        PublishedTrack track = live(member, source);
        if (track != null) {
            to.add(track);
        }
    }

    /// Null while there is nothing of it to be seen or heard.
    static @Nullable PublishedTrack live(Member member, TrackSource source) {
        PublishedTrack track = member.inGrid() ? member.track(source) : null;
        return track != null && track.live() ? track : null;
    }
}
