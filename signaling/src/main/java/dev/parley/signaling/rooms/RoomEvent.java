package dev.parley.signaling.rooms;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Reaction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member of a room is told. An event about people is one object for all members, so that whoever writes it
/// down can do so once.
public sealed interface RoomEvent {
    /// Whom the event is about; that person is not told it.
    default @Nullable ParticipantId about() {
        return null;
    }

    /// What is said in the room, beside media: the data channels of a place carry it where it has some.
    sealed interface Spoken extends RoomEvent {}

    record PersonJoined(Person person) implements RoomEvent {
        @Override
        public ParticipantId about() {
            return person.id();
        }
    }

    record PersonChanged(Person person) implements RoomEvent {
        @Override
        public ParticipantId about() {
            return person.id();
        }
    }

    record PersonLeft(ParticipantId id, LeaveReason reason) implements RoomEvent {
        @Override
        public ParticipantId about() {
            return id;
        }
    }

    /// How many only watch, and how many are in the room at all.
    record Viewers(int count, int people) implements RoomEvent {}

    record Slots(List<SlotMapping> map) implements RoomEvent {}

    record Speakers(List<ParticipantId> speaking) implements RoomEvent {}

    record Layers(TrackId track, @Nullable TrackSource source, List<Boolean> active) implements RoomEvent {}

    record Undecodable(int slot, TrackId track, String codec) implements RoomEvent {}

    /// What this client does not get, and what it is to do about it.
    record Heal(int slot, TrackId track, HealRung rung) implements RoomEvent {}

    /// Nothing of the track comes in this slot for now, because the viewer's own line has no room for it; or it comes
    /// again.
    record Paused(int slot, TrackId track, boolean paused) implements RoomEvent {}

    record OfferWanted(int audio, int video) implements RoomEvent {}

    /// Something was said or changed.
    ///
    /// @param after the number of what this member was told before; nothing that it may read lies between
    record Said(ChatMessage message, long after) implements Spoken {}

    /// Raised hands, the first one first.
    ///
    /// @param count all of them, also those that are not listed
    record Hands(List<ParticipantId> up, int count) implements Spoken {}

    /// One emoji of one person.
    record Reacted(ParticipantId participant, Reaction reaction) {}

    record Reactions(List<Reacted> reactions) implements Spoken {}

    /// Those who write just now, the one who began first comes first.
    record Typing(List<ParticipantId> typing) implements Spoken {}

    /// What is said comes this way from now on; what came another way before may be incomplete.
    ///
    /// @param turn the highest one is right
    /// @param last the number of what this member was told last
    record ChatHere(int turn, String history, long last, List<ParticipantId> hands) implements Spoken {}

    /// There are no data channels any more.
    record DataEnded(String reason) implements RoomEvent {}

    record TransportClosed(CloseReason reason) implements RoomEvent {}

    /// @param comeBack null where there is nothing to come back to
    record Moved(MoveReason reason, @Nullable Duration comeBack) implements RoomEvent {
        Moved(MoveReason reason) {
            this(reason, null);
        }
    }
}
