package dev.parley.sfu.room;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.session.SessionEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One room: its members in the order of joining, and who is in whose slots. Everything is called on the room's loop;
/// what sessions on other loops tell arrives as commands. Changes of one turn are worked off together at its end.
public final class Room extends Timed {
    /// Speakers are told at most so often, and only when they changed.
    private static final long SPEAKERS_INTERVAL_NS = 200_000_000;

    /// A reload is back before; a grey tile that stays longer only takes space.
    private static final long AWAY_IN_GRID_NS = 3_000_000_000L;

    private final String id;
    private final Loop home;
    private final Runnable whenLeft;
    private final Map<ParticipantId, Member> members = new LinkedHashMap<>();
    private final Map<String, Member> byPrincipal = new HashMap<>();
    private final Set<Member> leavingGrid = new LinkedHashSet<>();
    private final Stage stage;
    private final Holds holds;
    private final Assignments assignments;
    private final Runnable settle = this::settle;
    private List<ParticipantId> speaking = List.of();
    private long joins;
    private long nextSpeakersNs = Deadlines.NEVER;
    private long speakersAllowedNs = Long.MIN_VALUE;

    /// @param whenLeft called for each member that is gone
    public Room(String id, Loop home, Limits limits, Runnable whenLeft) {
        this.id = id;
        this.home = home;
        this.whenLeft = whenLeft;
        this.stage = new Stage(limits);
        this.holds = new Holds(limits.holdsKept());
        this.assignments = new Assignments(members, stage, limits);
    }

    public String id() {
        return id;
    }

    public Loop home() {
        return home;
    }

    public int size() {
        return members.size();
    }

    /// What the one person sends whom a newcomer wants to see, if nothing of it can be decoded: then the newcomer would
    /// stay in the dark. Else nothing.
    Set<Codec> undecodable(Member viewer, Set<Codec> decodable) {
        Watch watch = viewer.watch();
        return watch == null ? Set.of() : assignments.undecodable(watch, decodable);
    }

    /// Takes a member in. Whoever is there already with the same principal, or in the same place, is replaced.
    public void add(Member member, List<SlotSections> slots, List<AnnouncedTrack> announced) {
        replace(byPrincipal.get(member.principal()));
        replace(members.get(member.id()));
        members.put(member.id(), member);
        byPrincipal.put(member.principal(), member);
        member.joinedAs(++joins);
        holds.of(member.principal()).forEach(source -> hold(member, source));
        member.resize(slots);
        member.announced(announced);
        tellPublished(member);
        if (!speaking.isEmpty()) {
            member.tell(new SfuEvent.Speakers(member.id(), speaking));
        }
        companyChanged(member);
        changed(member);
        if (member.onStage()) {
            stageChanged(member);
        }
    }

    /// Whoever comes back is held as before.
    private static void hold(Member member, TrackSource source) {
        member.hold(source, true);
        member.onSession(session -> session.hold(source, true));
    }

    private void replace(@Nullable Member former) {
        if (former != null) {
            close(former, CloseReason.REPLACED);
        }
    }

    /// What a member's session tells. One that was never added, or is gone, is nobody's concern.
    public void on(Member member, SessionEvent event) {
        switch (event) {
            case SessionEvent.Published(TrackSource source, IncomingTrack track) -> member.publish(source, track);
            case SessionEvent.Unpublished(IncomingTrack track) -> unpublished(member, track);
            case SessionEvent.Connected(Flow.Protocol protocol) -> connected(member, protocol);
            case SessionEvent.Back(Flow.Protocol protocol) -> connected(member, protocol);
            case SessionEvent.Away _ -> away(member);
            case SessionEvent.CodecChanged(var track, var codec) -> {
                PublishedTrack published = member.track(track);
                if (published != null) {
                    change(member, published, () -> published.codec(codec));
                }
            }
            case SessionEvent.Sound(IncomingTrack track, int level) -> heard(member, track, level);
            case SessionEvent.Unseen(int slot, IncomingTrack track, HealRung rung) -> heal(member, slot, track, rung);
            case SessionEvent.Undecodable(int slot, var track, var codec) ->
                undecodable(member, slot, track, codec.sdpName());
            case SessionEvent.Layers(IncomingTrack track, List<Boolean> active) -> layers(member, track, active);
            case SessionEvent.Paused(int slot, IncomingTrack track, boolean paused) ->
                paused(member, slot, track, paused);
            case SessionEvent.DataOpened(String label) ->
                tellIfHere(member, new SfuEvent.DataOpened(member.id(), label));
            case SessionEvent.DataReceived(String label, boolean text, byte[] bytes) ->
                tellIfHere(member, new SfuEvent.DataReceived(member.id(), label, text, bytes));
            case SessionEvent.DataReady(String label) -> tellIfHere(member, new SfuEvent.DataReady(member.id(), label));
            case SessionEvent.DataClosed(String label) ->
                tellIfHere(member, new SfuEvent.DataClosed(member.id(), label));
            case SessionEvent.DataEnded(String reason) ->
                tellIfHere(member, new SfuEvent.DataEnded(member.id(), reason));
            case SessionEvent.Ended(CloseReason reason) -> remove(member, reason);
        }
    }

    /// Tells of a track what is new, and looks at the slots where it comes or goes.
    private void change(Member member, PublishedTrack track, Runnable change) {
        boolean before = track.live();
        change.run();
        tellPublished(member);
        if (track.live() != before) {
            stageChanged(member);
        }
    }

    private void unpublished(Member member, IncomingTrack track) {
        PublishedTrack published = member.track(track);
        if (published != null) {
            change(member, published, () -> member.unpublish(published));
        }
    }

    private void connected(Member member, Flow.Protocol protocol) {
        leavingGrid.remove(member);
        if (member.back()) {
            stageChanged(member);
        }
        tellIfHere(member, new SfuEvent.Connected(member.id(), path(protocol)));
    }

    private void away(Member member) {
        member.awayUntil(home.nowNs() + AWAY_IN_GRID_NS);
        if (isHere(member)) {
            leavingGrid.add(member);
            home.touched(this);
        }
        tellIfHere(member, new SfuEvent.Away(member.id()));
    }

    public void muted(Member member, TrackSource source, boolean muted) {
        PublishedTrack track = member.track(source);
        if (track != null && isHere(member)) {
            change(member, track, () -> track.muted(muted));
        }
    }

    /// Lets nothing of a source through, also when the same principal comes back later.
    public void hold(Member member, TrackSource source, boolean held) {
        if (!isHere(member) || held == member.held().contains(source)) {
            return;
        }
        holds.put(member.principal(), source, held);
        PublishedTrack track = member.track(source);
        if (track == null) {
            member.hold(source, held);
        } else {
            change(member, track, () -> member.hold(source, held));
        }
    }

    public void view(Member member, List<ViewedTile> wanted) {
        member.view(wanted);
        changed(member);
    }

    public void watch(Member member, Watch one) {
        member.watch(one);
        changed(member);
    }

    /// A further offer brought more slots, or stopped some.
    public void resize(Member member, List<SlotSections> slots) {
        member.resize(slots);
        changed(member);
    }

    private void heard(Member member, IncomingTrack track, int level) {
        PublishedTrack published = member.track(track);
        if (published == null
                || published.source() != TrackSource.MICROPHONE
                || !published.live()
                || !isOnStage(member)) {
            return;
        }
        Stage.Heard heard = stage.heard(member, level, home.nowNs());
        if (heard.voices()) {
            assignments.voicesChanged();
        }
        if (heard.floor()) {
            assignments.floorChanged();
        }
        if (heard.begins()) {
            assignments.soundsChanged();
        }
        if (heard.voices() || heard.floor() || heard.begins()) {
            home.atEndOfTurn(settle);
        }
        if (nextSpeakersNs == Deadlines.NEVER) {
            nextSpeakersNs = Math.max(home.nowNs(), speakersAllowedNs);
            home.touched(this);
        }
    }

    private void heal(Member viewer, int slot, IncomingTrack track, HealRung rung) {
        PublishedTrack shown = track.kind() == MediaKind.VIDEO
                ? viewer.slots().video(slot)
                : viewer.slots().audio(slot);
        if (shown == null || shown.track() != track || !isHere(viewer)) {
            return;
        }
        if (rung != HealRung.REMAP) {
            viewer.tell(new SfuEvent.Heal(viewer.id(), slot, shown.id(), rung));
        } else if (!viewer.moved(slot)) {
            viewer.onSession(session -> session.again(slot));
        }
    }

    private void undecodable(Member viewer, int slot, IncomingTrack track, String codec) {
        PublishedTrack shown = viewer.slots().video(slot);
        if (shown != null && shown.track() == track) {
            tellIfHere(viewer, new SfuEvent.Undecodable(viewer.id(), slot, shown.id(), codec));
        }
    }

    /// Encoders and players send what they were set to.
    private void layers(Member publisher, IncomingTrack track, List<Boolean> active) {
        PublishedTrack published = publisher.track(track);
        if (published != null && publisher.steered()) {
            tellIfHere(publisher, new SfuEvent.Layers(publisher.id(), published.id(), active));
        }
    }

    private void paused(Member viewer, int slot, IncomingTrack track, boolean paused) {
        PublishedTrack shown = viewer.slots().video(slot);
        if (shown != null && shown.track() == track) {
            tellIfHere(viewer, new SfuEvent.Paused(viewer.id(), slot, shown.id(), paused));
        }
    }

    /// Whoever is alone sends nothing; whoever is not has a small picture at hand for the others.
    private void companyChanged(Member member) {
        if (members.size() <= 2) {
            boolean others = members.size() == 2;
            members.values().forEach(each -> each.onSession(session -> session.company(others)));
        } else if (isHere(member)) {
            member.onSession(session -> session.company(true));
        }
    }

    private void remove(Member member, CloseReason reason) {
        if (!members.remove(member.id(), member)) {
            return;
        }
        byPrincipal.remove(member.principal(), member);
        leavingGrid.remove(member);
        assignments.gone(member);
        member.tell(new SfuEvent.Closed(member.id(), reason));
        if (members.isEmpty()) {
            speaking = List.of();
            holds.clear();
            nextSpeakersNs = Deadlines.NEVER;
            home.forget(this);
        } else {
            companyChanged(member);
            home.atEndOfTurn(settle);
        }
        whenLeft.run();
    }

    /// Ends the room for everyone in it.
    public void close(CloseReason reason) {
        List.copyOf(members.values()).forEach(member -> close(member, reason));
    }

    private void close(Member member, CloseReason reason) {
        remove(member, reason);
        member.onSession(session -> session.close(reason));
    }

    private void changed(Member viewer) {
        if (isHere(viewer)) {
            assignments.viewerChanged(viewer);
            home.atEndOfTurn(settle);
        }
    }

    private void stageChanged(Member member) {
        if (isHere(member)) {
            assignments.stageChanged(member);
            home.atEndOfTurn(settle);
        }
    }

    private void soundsChanged() {
        assignments.soundsChanged();
        home.atEndOfTurn(settle);
    }

    private void settle() {
        assignments.settle(home.nowNs());
    }

    @Override
    public void onTime(long nowNs) {
        for (Member member : List.copyOf(leavingGrid)) {
            if (member.leavesGridNs() <= nowNs) {
                leavingGrid.remove(member);
                member.leaveGrid();
                stageChanged(member);
            }
        }
        if (nowNs >= nextSpeakersNs) {
            tellSpeakers(nowNs);
        }
    }

    private void tellSpeakers(long nowNs) {
        List<ParticipantId> now =
                stage.speakers().speaking(nowNs).stream().map(Member::id).toList();
        speakersAllowedNs = nowNs + SPEAKERS_INTERVAL_NS;
        nextSpeakersNs = now.isEmpty() ? Deadlines.NEVER : speakersAllowedNs;
        if (!now.equals(speaking)) {
            speaking = now;
            soundsChanged(); // who fell silent makes room for voices that wait
            members.values().forEach(member -> member.tell(new SfuEvent.Speakers(member.id(), now)));
        }
    }

    @Override
    public long nextTimeNs() {
        long next = nextSpeakersNs;
        for (Member member : leavingGrid) {
            next = Math.min(next, member.leavesGridNs());
        }
        return next;
    }

    private void tellPublished(Member member) {
        tellIfHere(member, new SfuEvent.Published(member.id(), member.listed()));
    }

    private void tellIfHere(Member member, SfuEvent event) {
        if (isHere(member)) {
            member.tell(event);
        }
    }

    private boolean isOnStage(Member member) {
        return isHere(member) && member.inGrid();
    }

    private boolean isHere(Member member) {
        return members.get(member.id()) == member;
    }

    private static MediaPath path(Flow.Protocol protocol) {
        return protocol == Flow.Protocol.TCP ? MediaPath.TCP : MediaPath.UDP;
    }
}
