package dev.parley.signaling.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client may say, docs/protocol.md. A record that exists is well formed; what its values mean is checked by
/// those who act on it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientMessage.Join.class, name = "join"),
    @JsonSubTypes.Type(value = ClientMessage.Offer.class, name = "offer"),
    @JsonSubTypes.Type(value = ClientMessage.Mute.class, name = "mute"),
    @JsonSubTypes.Type(value = ClientMessage.View.class, name = "view"),
    @JsonSubTypes.Type(value = ClientMessage.Report.class, name = "report"),
    @JsonSubTypes.Type(value = ClientMessage.People.class, name = "people"),
    @JsonSubTypes.Type(value = ClientMessage.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = ClientMessage.ChatEdit.class, name = "chat-edit"),
    @JsonSubTypes.Type(value = ClientMessage.ChatDelete.class, name = "chat-delete"),
    @JsonSubTypes.Type(value = ClientMessage.History.class, name = "history"),
    @JsonSubTypes.Type(value = ClientMessage.React.class, name = "react"),
    @JsonSubTypes.Type(value = ClientMessage.Hand.class, name = "hand"),
    @JsonSubTypes.Type(value = ClientMessage.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ClientMessage.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = ClientMessage.Leave.class, name = "leave")
})
public sealed interface ClientMessage {
    /// Sections of an offer that can carry a source: two kinds of camera and screen, with room to spare.
    int TRACKS_MAX = 16;
    /// More tiles than a screen can show.
    int TILES_MAX = 64;

    int DEVICE_CHARACTERS_MAX = 128;
    int RESUME_CHARACTERS_MAX = 64;
    int SIDE_PIXELS_MAX = 16_384;
    /// More than any line has; so much is no cap.
    long CAP_BPS_MAX = 1_000_000_000_000L;

    long id();

    /// What the data channels take as well: section Chat.
    sealed interface Spoken extends ClientMessage {}

    record Join(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) int v,
            @JsonProperty(required = true) String room,
            @JsonProperty(required = true) String name,
            @Nullable String token,
            @Nullable String device,
            @Nullable String resume,
            @Nullable String offer,
            @Nullable List<Track> tracks,
            @Nullable Boolean replace)
            implements ClientMessage {
        public Join {
            required(room, "room");
            required(name, "name");
            atMost(device, DEVICE_CHARACTERS_MAX, "device");
            atMost(resume, RESUME_CHARACTERS_MAX, "resume");
            check(offer != null || resume != null, "offer: required unless a place is resumed");
            tracks = tracks == null ? List.of() : tracks;
            check(tracks.size() <= TRACKS_MAX, "tracks: at most " + TRACKS_MAX);
            replace = replace != null && replace;
        }
    }

    /// What a sending section of the offer carries.
    record Track(
            @JsonProperty(required = true) String mid,
            @JsonProperty(required = true) String source,
            @Nullable Boolean muted) {
        public Track {
            required(mid, "mid");
            required(source, "source");
            atMost(mid, 32, "mid");
            muted = muted != null && muted;
        }
    }

    record Offer(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String offer) implements ClientMessage {
        public Offer {
            required(offer, "offer");
        }
    }

    record Mute(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String source,
            @JsonProperty(required = true) boolean muted)
            implements ClientMessage {
        public Mute {
            required(source, "source");
        }
    }

    /// What the page shows.
    ///
    /// @param cap in bits per second, for all that this client is sent; null for none
    record View(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) List<Tile> tiles,
            @Nullable Long cap) implements ClientMessage {
        public View {
            required(tiles, "tiles");
            check(tiles.size() <= TILES_MAX, "tiles: at most " + TILES_MAX);
            check(cap == null || (cap >= 0 && cap <= CAP_BPS_MAX), "cap: 0 to " + CAP_BPS_MAX + " bits per second");
        }
    }

    /// One tile of the page, in device pixels.
    record Tile(
            @JsonProperty(required = true) String participant,
            @JsonProperty(required = true) String source,
            @JsonProperty(required = true) int width,
            @JsonProperty(required = true) int height,
            @Nullable Boolean pinned,
            @Nullable Boolean hidden) {
        public Tile {
            required(participant, "participant");
            required(source, "source");
            atMost(participant, 64, "participant");
            check(width >= 0 && width <= SIDE_PIXELS_MAX, "width: 0 to " + SIDE_PIXELS_MAX);
            check(height >= 0 && height <= SIDE_PIXELS_MAX, "height: 0 to " + SIDE_PIXELS_MAX);
            pinned = pinned != null && pinned;
            hidden = hidden != null && hidden;
        }
    }

    record Report(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) List<SlotSeen> slots) implements ClientMessage {
        public Report {
            required(slots, "slots");
            check(slots.size() <= TILES_MAX, "slots: at most " + TILES_MAX);
        }
    }

    /// What came out of a slot; a half that is not named is not judged.
    record SlotSeen(
            @JsonProperty(required = true) int slot,
            @Nullable Decoded video,
            @Nullable Decoded audio) {}

    /// @param decoded grows as long as something comes out
    record Decoded(
            @JsonProperty(required = true) long decoded,
            @JsonProperty(required = true) String state) {
        public Decoded {
            required(state, "state");
        }
    }

    record People(
            @JsonProperty(required = true) long id,
            @Nullable String after) implements ClientMessage {
        public People {
            check(after == null || after.matches("[0-9]{1,18}"), "after: the `next` of an earlier page");
        }
    }

    /// @param message the client's own id for it, the same when it is sent again
    /// @param to the one person it is for
    /// @param file the id of an upload of theirs
    record Chat(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String message,
            @JsonProperty(required = true) String text,
            @Nullable String to,
            @Nullable Long reply,
            @Nullable String file)
            implements Spoken {
        public Chat {
            required(message, "message");
            required(text, "text");
            atMost(to, 64, "to");
            atMost(file, 64, "file");
        }
    }

    record ChatEdit(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) long n,
            @JsonProperty(required = true) String text)
            implements Spoken {
        public ChatEdit {
            required(text, "text");
        }
    }

    record ChatDelete(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) long n) implements Spoken {}

    /// With `since` what was said or changed after it, else the last messages, or those before `before`.
    record History(
            @JsonProperty(required = true) long id,
            @Nullable Long since,
            @Nullable Long before) implements Spoken {
        public History {
            check(since == null || before == null, "since, before: one of them");
            check(since == null || since >= 0, "since: a number that came from here");
        }
    }

    record React(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) String reaction) implements Spoken {
        public React {
            required(reaction, "reaction");
        }
    }

    record Hand(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) boolean up) implements Spoken {}

    record Typing(
            @JsonProperty(required = true) long id,
            @JsonProperty(required = true) boolean typing) implements Spoken {}

    record Ping(@JsonProperty(required = true) long id) implements ClientMessage {}

    record Leave(@JsonProperty(required = true) long id) implements ClientMessage {}

    private static void required(@Nullable Object value, String field) {
        check(value != null, field + ": required");
    }

    private static void atMost(@Nullable String value, int characters, String field) {
        check(value == null || value.length() <= characters, field + ": at most " + characters + " characters");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, otherwise);
        }
    }
}
