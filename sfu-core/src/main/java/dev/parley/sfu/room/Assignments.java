package dev.parley.sfu.room;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.rtp.Codec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps true who is in whose slots, with no more work than a change is worth: a newcomer who shows nothing concerns
/// itself alone, one whom nobody is shown concerns those who asked for them, and who speaks concerns those who are
/// shown
/// or sent somebody else for it. Lives on the room's loop.
final class Assignments {
    private final Map<ParticipantId, Member> members;
    private final Stage stage;
    private final Subscriptions subscriptions;
    private final Naming naming = new Naming();
    private final Limits limits;
    private final Set<Member> changed = new LinkedHashSet<>();
    /// Viewers with fewer slots than there are voices for them: sounds decide who is in them.
    private final Set<Member> choosing = new LinkedHashSet<>();

    private boolean stageChanged;
    private boolean floorChanged;
    private boolean voicesChanged;

    /// @param members the room's, which change under our eyes
    Assignments(Map<ParticipantId, Member> members, Stage stage, Limits limits) {
        this.members = members;
        this.stage = stage;
        this.subscriptions = new Subscriptions(limits, stage, members);
        this.limits = limits;
    }

    /// There is more or less to be seen or heard of this member.
    void stageChanged(Member member) {
        stage.changed(member);
        stageChanged = true;
        changed.addAll(naming.of(member.id()));
    }

    /// One viewer came, or wants something else.
    void viewerChanged(Member viewer) {
        naming.names(viewer);
        changed.add(viewer);
    }

    /// Another holds the floor.
    void floorChanged() {
        floorChanged = true;
    }

    /// Other voices are sent.
    void voicesChanged() {
        voicesChanged = true;
    }

    /// Somebody began to make sound, or stopped.
    void soundsChanged() {
        changed.addAll(choosing);
    }

    void gone(Member member) {
        boolean wasSeen = member.onStage();
        stage.gone(member);
        naming.gone(member);
        changed.remove(member);
        choosing.remove(member);
        if (wasSeen) {
            stageChanged = true;
            changed.addAll(naming.of(member.id()));
        }
    }

    Set<Codec> undecodable(Watch watch, Set<Codec> decodable) {
        return subscriptions.undecodable(watch, decodable);
    }

    /// Works off what has changed.
    void settle(long nowNs) {
        boolean everybody = stageChanged && stage.lookForShares();
        everybody |= (stageChanged && stage.seat()) || voicesChanged || floorChanged;
        int from = stageChanged || floorChanged ? stage.arrange() : Stage.NOTHING_CHANGED;
        stageChanged = false;
        floorChanged = false;
        voicesChanged = false;
        if (everybody || from != Stage.NOTHING_CHANGED) {
            for (Member member : members.values()) {
                if (member.watch() == null && (everybody || member.looksBeyond(from))) {
                    changed.add(member);
                }
            }
        }
        List<Member> due = new ArrayList<>(changed);
        changed.clear();
        for (Member viewer : due) {
            assign(viewer, nowNs);
        }
    }

    private void assign(Member viewer, long nowNs) {
        Watch watch = viewer.watch();
        if (watch == null) {
            assignAll(viewer, nowNs);
        } else {
            assignOne(viewer, watch);
        }
    }

    private void assignAll(Member viewer, long nowNs) {
        Map<PublishedTrack, Demand> tiles = subscriptions.tiles(viewer);
        Map<PublishedTrack, Demand> shares = subscriptions.shares(viewer);
        List<PublishedTrack> voices = subscriptions.voices(viewer);
        List<Integer> mapped = viewer.slots()
                .assign(
                        List.copyOf(tiles.keySet()),
                        List.copyOf(shares.keySet()),
                        voices,
                        voice -> stage.speakers().silent(voice.publisher(), limits.voiceHoldNs(), nowNs));
        Map<PublishedTrack, Demand> demands = new HashMap<>(tiles);
        demands.putAll(shares);
        viewer.apply(mapped, demands);
        if (viewer.slots().count(TrackSource.MICROPHONE) < voices.size()) {
            choosing.add(viewer);
        } else {
            choosing.remove(viewer);
        }
    }

    private void assignOne(Member viewer, Watch watch) {
        PublishedTrack picture = subscriptions.picture(watch);
        List<Integer> mapped = viewer.slots().assignOne(picture, subscriptions.sound(watch, picture));
        viewer.apply(mapped, picture == null ? Map.of() : Map.of(picture, Subscriptions.theOnly(picture)));
        choosing.remove(viewer);
    }
}
