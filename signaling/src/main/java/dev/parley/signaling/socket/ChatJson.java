package dev.parley.signaling.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.SharedFile;
import dev.parley.signaling.model.Speaker;
import org.jspecify.annotations.Nullable;

/// A message as clients see it, docs/protocol.md. What does not apply is left out; who the sender is beyond this call
/// is never told.
///
/// @param own in the history of whoever said it
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatJson(
        long n,
        long v,
        String id,
        String at,
        String from,
        String name,
        @Nullable String to,
        @Nullable String toName,
        @Nullable Long reply,
        String text,
        @Nullable Boolean edited,
        @Nullable Boolean deleted,
        @Nullable Boolean own,
        @Nullable FileJson file) {
    /// What goes with a message.
    record FileJson(String key, String name, long size, String type) {
        static @Nullable FileJson of(@Nullable SharedFile file) {
            return file == null ? null : new FileJson(file.key(), file.name(), file.size(), file.type());
        }
    }

    static ChatJson of(ChatMessage message) {
        return of(message, null);
    }

    /// @param reader null for what goes to several
    static ChatJson of(ChatMessage message, @Nullable String reader) {
        Speaker to = message.to();
        return new ChatJson(
                message.n(),
                message.v(),
                message.id(),
                message.at().toString(),
                message.from().participant(),
                message.from().name(),
                to == null ? null : to.participant(),
                to == null ? null : to.name(),
                message.replyTo(),
                message.text(),
                onlyTrue(message.edited()),
                onlyTrue(message.deleted()),
                onlyTrue(message.from().person().equals(reader)),
                FileJson.of(message.file()));
    }

    private static @Nullable Boolean onlyTrue(boolean value) {
        return value ? Boolean.TRUE : null;
    }
}
