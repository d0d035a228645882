package dev.parley.signaling.rooms;

import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Permits;
import dev.parley.signaling.model.Presence;
import dev.parley.signaling.model.Role;
import dev.parley.signaling.model.Speaker;
import dev.parley.signaling.rooms.Timeline.Cancel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One person's place in a room: it outlives a lost socket and a lost transport, but not both for long. On the
/// timeline.
final class Place {
    /// Reactions, hands and typing: a finger that stays on the key.
    static final double SIGNALS_PER_SECOND = 10;

    static final double SIGNALS_BURST = 20;

    final ParticipantId id;
    final long order;
    final DisplayName name;
    final Via via;
    final @Nullable String device;
    final @Nullable Watching watching;
    final String resume;
    /// By which requests over HTTP show that they are from here.
    final String pass;
    final Instant joinedAt;
    final long askedNs;
    final MediaView view = new MediaView();
    final DataWay data = new DataWay();

    @Nullable
    Member member;

    @Nullable
    SfuParticipant media;

    /// The key of the name that it watches.
    @Nullable
    String watched;

    List<SlotSections> slots = List.of();
    Presence presence = Presence.JOINING;
    MediaPath path = MediaPath.UDP;
    /// The place of the same person that takes over from this one.
    @Nullable
    Place successor;

    /// The same when this person comes back.
    String person;

    /// The number of what was said last, as far as this place knows.
    long chatTold;

    final Permits signals;
    boolean transportGone;
    boolean offering;
    private Cancel deadline = Cancel.NOTHING;

    Place(
            ParticipantId id,
            long order,
            String resume,
            String pass,
            Instant joinedAt,
            long askedNs,
            JoinCommand command) {
        this.id = id;
        this.order = order;
        this.resume = resume;
        this.pass = pass;
        this.joinedAt = joinedAt;
        this.askedNs = askedNs;
        this.name = command.name();
        this.via = command.via();
        this.device = command.device();
        this.watching = command.watching();
        this.person = principal();
        this.signals = new Permits(SIGNALS_PER_SECOND, SIGNALS_BURST, askedNs);
    }

    Role role() {
        return via.keepsRoom() ? Role.SPEAKER : Role.VIEWER;
    }

    /// Media flowed at least once: the others know of this place.
    boolean seen() {
        return presence != Presence.JOINING;
    }

    /// Whether somebody may come back to it: only a page has something to come back with.
    boolean resumable() {
        return via == Via.WEB;
    }

    /// Nothing comes from this publisher, and nobody can come back: whoever takes its name is its successor.
    boolean abandoned() {
        return !resumable() && presence == Presence.AWAY;
    }

    /// What the engine takes as the stable identity.
    String principal() {
        return device == null ? "place:" + id.value() : "device:" + device;
    }

    SfuParticipant transport() {
        return Objects.requireNonNull(media, "asked for before the engine answered");
    }

    /// Whoever is not in yet gets the room as it is then, and hears before only that it will not come to that.
    void tell(RoomEvent event) {
        boolean early = media == null && !(event instanceof RoomEvent.Moved);
        if (early || id.equals(event.about()) || (event instanceof RoomEvent.Spoken spoken && data.tell(spoken))) {
            return;
        }
        if (member != null) {
            member.tell(event);
        }
    }

    void deadline(Cancel next) {
        deadline.cancel();
        deadline = next;
    }

    Speaker asSpeaker() {
        return new Speaker(id.value(), name.shown(), person);
    }

    Person asPerson() {
        return new Person(id, name.shown(), role(), via, presence, path, joinedAt, view.tracks());
    }
}
