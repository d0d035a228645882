package dev.parley.sfu.room;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.media.ActiveSpeaker;
import dev.parley.sfu.rtp.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps true who is in whose slots, with no more work than a change is worth: a newcomer who shows nothing concerns
/// itself alone, and who speaks concerns those viewers alone for whom somebody waits. Lives on the room's loop.
final class Assignments {
    private final Map<ParticipantId, Member> members;
    private final ActiveSpeaker<Member> speakers;
    private final Subscriptions subscriptions;
    private final Limits limits;
    private final Set<Member> changed = new LinkedHashSet<>();
    /// Viewers with fewer slots than there are people to see or hear: sounds decide who is in them.
    private final Set<Member> choosing = new LinkedHashSet<>();
    /// Members who have something to show or to say, in the order of joining.
    private List<Member> stage = List.of();

    private boolean stageChanged;
    private boolean soundsChanged;

    /// @param members the room's, which change under our eyes
    Assignments(Map<ParticipantId, Member> members, ActiveSpeaker<Member> speakers, Limits limits) {
        this.members = members;
        this.speakers = speakers;
        this.subscriptions = new Subscriptions(limits);
        this.limits = limits;
    }

    /// There is more or less to be seen or heard, for everyone.
    void stageChanged() {
        stageChanged = true;
    }

    /// One viewer came, or wants something else.
    void viewerChanged(Member viewer) {
        changed.add(viewer);
    }

    /// Somebody began to make sound, or stopped.
    void soundsChanged() {
        soundsChanged = true;
    }

    void gone(Member member) {
        changed.remove(member);
        choosing.remove(member);
        if (stage.contains(member)) {
            stageChanged = true;
        }
    }

    Set<Codec> undecodable(Watch watch, Set<Codec> decodable) {
        return subscriptions.undecodable(watch, members, decodable);
    }

    /// Works off what has changed.
    void settle(long nowNs) {
        Collection<Member> due = due();
        if (stageChanged) {
            stage = members.values().stream().filter(Member::onStage).toList();
        }
        stageChanged = false;
        soundsChanged = false;
        changed.clear();
        for (Member viewer : due) {
            assign(viewer, nowNs);
        }
    }

    private Collection<Member> due() {
        if (stageChanged) {
            return List.copyOf(members.values());
        }
        if (soundsChanged) {
            changed.addAll(choosing);
        }
        return new ArrayList<>(changed);
    }

    private void assign(Member viewer, long nowNs) {
        Watch watch = viewer.watch();
        viewer.apply(watch == null ? assignAll(viewer, nowNs) : assignOne(viewer, watch));
        if (watch == null && soundsDecide(viewer)) {
            choosing.add(viewer);
        } else {
            choosing.remove(viewer);
        }
    }

    private List<Integer> assignAll(Member viewer, long nowNs) {
        return viewer.slots()
                .assign(
                        subscriptions.tiles(viewer, members, stage, this::lastHeardNs),
                        subscriptions.shares(viewer, stage),
                        subscriptions.voices(viewer, stage, this::lastHeardNs),
                        voice -> speakers.silent(voice.publisher(), limits.voiceHoldNs(), nowNs));
    }

    private List<Integer> assignOne(Member viewer, Watch watch) {
        PublishedTrack picture = subscriptions.picture(watch, members);
        return viewer.slots().assignOne(picture, subscriptions.sound(watch, picture, members));
    }

    private long lastHeardNs(PublishedTrack voice) {
        return speakers.lastHeardNs(voice.publisher());
    }

    private boolean soundsDecide(Member viewer) {
        return waits(viewer, TrackSource.MICROPHONE) || (viewer.followsSpeakers() && waits(viewer, TrackSource.CAMERA));
    }

    private boolean waits(Member viewer, TrackSource source) {
        return subscriptions.live(viewer, stage, source) > viewer.slots().count(source);
    }
}
