package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SlotSections;
import dev.parley.signaling.model.ChatHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place was taken or resumed: the room as it is at this moment. Events go on from here without a gap.
///
/// @param answer null when the place was resumed with its transport
/// @param pass by which requests over HTTP show that they are from this place, as long as it is there
public record Joined(
        ParticipantId participant,
        @Nullable String answer,
        String resume,
        String pass,
        List<SlotSections> slots,
        List<Person> participants,
        int viewers,
        int people,
        ChatHead chat,
        RoomEvent.Hands hands,
        Seat seat) {
    public Joined {
        slots = List.copyOf(slots);
        participants = List.copyOf(participants);
    }
}
