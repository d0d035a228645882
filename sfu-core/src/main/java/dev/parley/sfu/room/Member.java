package dev.parley.sfu.room;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuEvents;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.session.Session;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One participant as its room knows it. Lives on the room's loop; its session on a loop of its own, which gets
/// commands.
public final class Member {
    private final ParticipantId id;
    private final String principal;
    private final Loop loop;
    private final Session session;
    private final SfuEvents events;
    private final SlotPool pool;
    private final Slots slots;
    private final List<PublishedTrack> tracks = new ArrayList<>();
    private final Set<TrackSource> held = EnumSet.noneOf(TrackSource.class);
    private final Map<Integer, Demand> demanded = new HashMap<>();
    private final Via via;
    private List<ViewedTile> view = List.of();
    private @Nullable Watch watch;
    private long order;
    private int looksDownTo = Stage.NOTHING_CHANGED;
    private long outOfGridNs = Deadlines.NEVER;
    private boolean outOfGrid;

    /// @param loop the session's
    public Member(JoinRequest request, Loop loop, Session session, Limits limits) {
        this.id = request.participant();
        this.principal = request.principal();
        this.via = request.via();
        this.watch = request.watch();
        this.events = request.events();
        this.loop = loop;
        this.session = session;
        this.pool = new SlotPool(limits);
        this.slots = new Slots(pool);
    }

    public ParticipantId id() {
        return id;
    }

    String principal() {
        return principal;
    }

    /// Its place in the order of joining.
    long order() {
        return order;
    }

    void joinedAs(long number) {
        order = number;
    }

    /// Runs a command on the session's loop.
    public void onSession(Consumer<Session> command) {
        loop.post(() -> command.accept(session));
    }

    void tell(SfuEvent event) {
        events.on(event);
    }

    Slots slots() {
        return slots;
    }

    void resize(List<SlotSections> sections) {
        pool.resize(sections);
    }

    /// Nothing comes from this member; it leaves the others' slots at this time unless it is back.
    void awayUntil(long leavesGridNs) {
        outOfGridNs = leavesGridNs;
    }

    /// Something comes again.
    ///
    /// @return whether it had left the others' slots
    boolean back() {
        boolean wasOut = outOfGrid;
        outOfGrid = false;
        outOfGridNs = Deadlines.NEVER;
        return wasOut;
    }

    long leavesGridNs() {
        return outOfGridNs;
    }

    void leaveGrid() {
        outOfGrid = true;
        outOfGridNs = Deadlines.NEVER;
    }

    /// Whether it may be in others' slots.
    boolean inGrid() {
        return !outOfGrid;
    }

    /// Whether there is anything of it to be seen or heard.
    boolean onStage() {
        return inGrid() && tracks.stream().anyMatch(PublishedTrack::live);
    }

    List<ViewedTile> view() {
        return view;
    }

    void view(List<ViewedTile> wanted) {
        view = wanted;
    }

    /// Whether its page shows tiles, and all of them are hidden: then nobody looks at it.
    boolean seesNothing() {
        return !view.isEmpty() && view.stream().allMatch(ViewedTile::hidden);
    }

    /// How many cameras of the stage it has looked at to find those that it is shown.
    void looksDownTo(int depth) {
        looksDownTo = depth;
    }

    /// Whether another camera at this place of the stage, or below, may be something for it.
    boolean looksBeyond(int place) {
        return place < looksDownTo;
    }

    /// The one person to be shown; null for whoever sees everyone.
    @Nullable
    Watch watch() {
        return watch;
    }

    void watch(Watch one) {
        watch = one;
    }

    /// Whether it heeds which of its layers anyone needs.
    boolean steered() {
        return via == Via.WEB;
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    void publish(TrackSource source, IncomingTrack track) {
        tracks.add(new PublishedTrack(this, source, track, held.contains(source)));
    }

    void unpublish(PublishedTrack track) {
        tracks.remove(track);
        track.end();
    }

    /// The sources that the server lets nothing through of.
    Set<TrackSource> held() {
        return held;
    }

    void hold(TrackSource source, boolean nothingGoesOut) {
        if (nothingGoesOut) {
            held.add(source);
        } else {
            held.remove(source);
        }
        PublishedTrack track = track(source);
        if (track != null) {
            track.held(nothingGoesOut);
        }
    }

    /// What the client said of its tracks beside its offer.
    void announced(List<AnnouncedTrack> announced) {
        announced.forEach(track -> {
            PublishedTrack published = track(track.source());
            if (published != null) {
                published.muted(track.muted());
            }
        });
    }

    @Nullable
    PublishedTrack track(TrackSource source) {
        for (PublishedTrack track : tracks) {
            if (track.source() == source) {
                return track;
            }
        }
        return null;
    }

    @Nullable
    PublishedTrack track(IncomingTrack incoming) {
        for (PublishedTrack track : tracks) {
            if (track.track() == incoming) {
                return track;
            }
        }
        return null;
    }

    /// The sound that goes with a shared screen, when there is any.
    @Nullable
    PublishedTrack screenAudio() {
        PublishedTrack sound = track(TrackSource.SCREEN_AUDIO);
        return sound != null && sound.live() ? sound : null;
    }

    List<TrackInfo> listed() {
        return tracks.stream()
                .filter(PublishedTrack::listed)
                .map(PublishedTrack::info)
                .toList();
    }

    /// Moves who is in a slot to another one.
    ///
    /// @return false when there is no other
    boolean moved(int slot) {
        Map<PublishedTrack, Demand> demands = new HashMap<>();
        demanded.forEach((shown, demand) -> {
            PublishedTrack video = slots.video(shown);
            if (video != null) {
                demands.put(video, demand);
            }
        });
        List<Integer> changed = slots.move(slot);
        apply(changed, demands);
        return !changed.isEmpty();
    }

    /// What a slot is to show and let hear, for the session's loop.
    private record Change(
            int slot,
            @Nullable IncomingTrack picture,
            @Nullable IncomingTrack voice) {}

    /// Shows in these slots what `slots` says, demands of each picture what it is worth, and tells the client.
    void apply(List<Integer> changed, Map<PublishedTrack, Demand> demands) {
        Map<Integer, Demand> newDemands = newDemands(changed, demands);
        List<Change> changes = new ArrayList<>();
        List<SlotMapping> map = new ArrayList<>();
        for (int slot : changed) {
            PublishedTrack video = slots.video(slot);
            PublishedTrack audio = slots.audio(slot);
            changes.add(new Change(slot, video == null ? null : video.track(), audio == null ? null : audio.track()));
            map.add(mapping(slot, video, audio));
        }
        if (!changes.isEmpty() || !newDemands.isEmpty()) {
            onSession(session -> {
                newDemands.forEach(session::demand);
                changes.forEach(change -> session.show(change.slot(), change.picture(), change.voice()));
            });
        }
        if (!map.isEmpty()) {
            tell(new SfuEvent.Slots(id, List.copyOf(map)));
        }
    }

    /// A slot that changed is told its demand in any case: its section may be another.
    private Map<Integer, Demand> newDemands(List<Integer> changed, Map<PublishedTrack, Demand> demands) {
        Map<Integer, Demand> newDemands = new HashMap<>();
        for (int slot = 0; slot < pool.size(); slot++) {
            PublishedTrack video = slots.video(slot);
            Demand demand = video == null ? null : demands.getOrDefault(video, Demand.TILE);
            if (demand != null && (!demand.equals(demanded.put(slot, demand)) || changed.contains(slot))) {
                newDemands.put(slot, demand);
            }
        }
        return newDemands;
    }

    /// What was demanded last of the picture in a slot.
    @Nullable
    Demand demanded(int slot) {
        return slots.video(slot) == null ? null : demanded.get(slot);
    }

    private static SlotMapping mapping(int slot, @Nullable PublishedTrack video, @Nullable PublishedTrack audio) {
        PublishedTrack any = video != null ? video : audio;
        return new SlotMapping(
                slot,
                any == null ? null : any.publisher().id(),
                video == null ? null : video.id(),
                audio == null ? null : audio.id());
    }
}
