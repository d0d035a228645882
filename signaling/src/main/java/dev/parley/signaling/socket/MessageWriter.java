package dev.parley.signaling.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.rooms.RoomEvent;
import dev.parley.signaling.web.PersonJson;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes messages down. An event that goes to a whole room is one object and is written once; so one writer serves
/// all sockets, and its events come on the timeline.
public final class MessageWriter {
    /// No character takes more bytes than it has in UTF-8, but for quotes and line breaks: else an emoji would be
    /// twelve.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    private static final byte[] NOTHING = {};

    private @Nullable RoomEvent last;
    private byte[] lastText = NOTHING;

    static byte[] write(ServerMessage message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings and numbers can be written", e);
        }
    }

    /// The array is shared: never changed.
    byte[] write(RoomEvent event) {
        if (event != last) {
            lastText = write(messageOf(event));
            last = event;
        }
        return lastText;
    }

    static List<String> ids(List<ParticipantId> ids) {
        return ids.stream().map(ParticipantId::value).toList();
    }

    private static ServerMessage messageOf(RoomEvent event) {
        return switch (event) {
            case RoomEvent.PersonJoined e -> new ServerMessage.ParticipantJoined(PersonJson.of(e.person()));
            case RoomEvent.PersonChanged e -> new ServerMessage.ParticipantChanged(PersonJson.of(e.person()));
            case RoomEvent.PersonLeft e ->
                new ServerMessage.ParticipantLeft(e.id().value(), e.reason().wireName());
            case RoomEvent.Viewers e -> new ServerMessage.Viewers(e.count(), e.people());
            case RoomEvent.Slots e ->
                new ServerMessage.Slots(
                        e.map().stream().map(ServerMessage.Slot::of).toList());
            case RoomEvent.Speakers e -> new ServerMessage.Speakers(ids(e.speaking()));
            case RoomEvent.Layers e ->
                new ServerMessage.Layers(
                        e.track().value(),
                        e.source() == null ? null : e.source().wireName(),
                        e.active());
            case RoomEvent.Undecodable e ->
                new ServerMessage.Undecodable(e.slot(), e.track().value(), e.codec());
            case RoomEvent.Heal e ->
                new ServerMessage.Heal(e.slot(), e.track().value(), e.rung().wireName());
            case RoomEvent.Paused e ->
                new ServerMessage.Paused(e.slot(), e.track().value(), e.paused(), ServerMessage.Paused.YOUR_LINE);
            case RoomEvent.OfferWanted e -> new ServerMessage.OfferWanted(e.audio(), e.video());
            case RoomEvent.Said e -> new ServerMessage.Chat(e.after(), ChatJson.of(e.message()));
            case RoomEvent.Hands e -> new ServerMessage.Hands(ids(e.up()), e.count());
            case RoomEvent.Reactions e ->
                new ServerMessage.Reactions(e.reactions().stream()
                        .map(one -> new ServerMessage.Reacted(
                                one.participant().value(), one.reaction().text()))
                        .toList());
            case RoomEvent.Typing e -> new ServerMessage.Typing(ids(e.typing()));
            case RoomEvent.ChatHere e -> new ServerMessage.ChatHere(e.turn(), e.history(), e.last(), ids(e.hands()));
            case RoomEvent.DataEnded e -> new ServerMessage.DataEnded(e.reason());
            case RoomEvent.TransportClosed e ->
                new ServerMessage.TransportClosed(e.reason().name().toLowerCase(Locale.ROOT));
            case RoomEvent.Moved e ->
                new ServerMessage.Moved(
                        e.reason().wireName(),
                        e.comeBack() == null ? null : e.comeBack().toMillis());
        };
    }
}
