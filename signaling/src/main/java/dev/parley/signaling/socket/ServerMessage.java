package dev.parley.signaling.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.parley.sfu.api.SlotMapping;
import dev.parley.sfu.api.SlotSections;
import dev.parley.signaling.web.PersonJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server says, docs/protocol.md: answers carry `re`, events do not.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ServerMessage {
    @JsonTypeName("joined")
    record Joined(
            long re,
            String participant,
            @Nullable String answer,
            String resume,
            List<SlotSections> slots,
            List<PersonJson> participants,
            int viewers,
            int people,
            Chat chat,
            List<String> hands,
            @Nullable Files files)
            implements ServerMessage {
        /// Which history this room has, and up to which number it can be asked for.
        record Chat(String history, long last) {}

        /// By which token, up to which size and in which parts files are uploaded.
        record Files(String token, long max, int part) {}
    }

    @JsonTypeName("answer")
    record Answer(long re, String answer) implements ServerMessage {}

    @JsonTypeName("done")
    record Done(long re) implements ServerMessage {}

    @JsonTypeName("people")
    record People(
            long re, List<PersonJson> people, @Nullable String next) implements ServerMessage {}

    /// The message or its change is stored.
    @JsonTypeName("said")
    record Said(long re, long n, long v, String at) implements ServerMessage {}

    @JsonTypeName("history")
    record History(long re, List<ChatJson> messages, long last, boolean more) implements ServerMessage {}

    @JsonTypeName("chat")
    record Chat(long after, ChatJson message) implements ServerMessage {}

    @JsonTypeName("hands")
    record Hands(List<String> hands, int count) implements ServerMessage {}

    @JsonTypeName("reactions")
    record Reactions(List<Reacted> reactions) implements ServerMessage {}

    record Reacted(String participant, String reaction) {}

    @JsonTypeName("typing")
    record Typing(List<String> typing) implements ServerMessage {}

    @JsonTypeName("chat-here")
    record ChatHere(int turn, String history, long last, List<String> hands) implements ServerMessage {}

    @JsonTypeName("data-ended")
    record DataEnded(String reason) implements ServerMessage {}

    @JsonTypeName("error")
    record Error(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long re,

            String code,
            String detail) implements ServerMessage {}

    @JsonTypeName("participant-joined")
    record ParticipantJoined(PersonJson participant) implements ServerMessage {}

    @JsonTypeName("participant-changed")
    record ParticipantChanged(PersonJson participant) implements ServerMessage {}

    @JsonTypeName("participant-left")
    record ParticipantLeft(String participant, String reason) implements ServerMessage {}

    @JsonTypeName("viewers")
    record Viewers(int count, int people) implements ServerMessage {}

    @JsonTypeName("slots")
    record Slots(List<Slot> map) implements ServerMessage {}

    /// Who is in a slot now.
    record Slot(
            int slot,
            @Nullable String participant,
            @Nullable String video,
            @Nullable String audio) {
        static Slot of(SlotMapping mapping) {
            return new Slot(mapping.slot(), text(mapping.participant()), text(mapping.video()), text(mapping.audio()));
        }

        private static @Nullable String text(@Nullable Object id) {
            return id == null ? null : id.toString();
        }
    }

    @JsonTypeName("speakers")
    record Speakers(List<String> speaking) implements ServerMessage {}

    @JsonTypeName("layers")
    record Layers(String track, @Nullable String source, List<Boolean> active) implements ServerMessage {}

    @JsonTypeName("undecodable")
    record Undecodable(int slot, String track, String codec) implements ServerMessage {}

    @JsonTypeName("heal")
    record Heal(int slot, String track, String rung) implements ServerMessage {}

    /// @param reason why it was paused, also when it goes on
    @JsonTypeName("paused")
    record Paused(int slot, String track, boolean paused, String reason) implements ServerMessage {
        /// The viewer's own line has no room for it.
        static final String YOUR_LINE = "your_line";
    }

    @JsonTypeName("offer-wanted")
    record OfferWanted(int audio, int video) implements ServerMessage {}

    @JsonTypeName("transport-closed")
    record TransportClosed(String reason) implements ServerMessage {}

    @JsonTypeName("moved")
    record Moved(
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long comeBackMs) implements ServerMessage {}
}
