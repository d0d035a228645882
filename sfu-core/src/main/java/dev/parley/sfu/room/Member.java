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
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.session.Session;
import java.util.ArrayList;
import java.util.List;
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
    private final Via via;
    private List<ViewedTile> view = List.of();
    private @Nullable Watch watch;
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

    /// The one person to be shown; null for whoever sees everyone.
    @Nullable
    Watch watch() {
        return watch;
    }

    void watch(Watch one) {
        watch = one;
    }

    /// Whether its few slots follow whoever speaks: nobody chooses there, as a page does.
    boolean followsSpeakers() {
        return via == Via.WHEP;
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    void publish(TrackSource source, IncomingTrack track) {
        tracks.add(new PublishedTrack(this, source, track));
    }

    void unpublish(PublishedTrack track) {
        tracks.remove(track);
        track.end();
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
        List<Integer> changed = slots.move(slot);
        apply(changed);
        return !changed.isEmpty();
    }

    /// Shows in these slots what `slots` says, and tells the client.
    void apply(List<Integer> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<SlotMapping> map = new ArrayList<>();
        for (int slot : changed) {
            PublishedTrack video = slots.video(slot);
            PublishedTrack audio = slots.audio(slot);
            IncomingTrack picture = video == null ? null : video.track();
            IncomingTrack voice = audio == null ? null : audio.track();
            onSession(s -> s.show(slot, picture, voice));
            PublishedTrack any = video != null ? video : audio;
            map.add(new SlotMapping(
                    slot,
                    any == null ? null : any.publisher().id(),
                    video == null ? null : video.id(),
                    audio == null ? null : audio.id()));
        }
        tell(new SfuEvent.Slots(id, List.copyOf(map)));
    }
}
