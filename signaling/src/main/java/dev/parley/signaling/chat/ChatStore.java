package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where chat is kept. Writes take effect in the order in which they are asked for, and are answered in it, after they
/// are on the disk; what was not done fails with a `Refusal`. Callable from any thread.
public interface ChatStore {
    /// What became of something that was to be said.
    sealed interface Outcome {}

    /// @param fresh false when the same sender's message was there already: `message` is that one
    record Added(ChatMessage message, boolean fresh) implements Outcome {}

    enum NotAdded implements Outcome {
        /// The id is that of somebody else's message.
        ID_TAKEN,
        /// The sender has no such file, not all of it yet, or has shown it already.
        NO_FILE
    }

    /// A history that was kept for a room.
    record Kept(String room, String history, long last) {}

    /// @param more whether others follow
    record Part(List<ChatMessage> messages, boolean more) {
        public Part {
            messages = List.copyOf(messages);
        }
    }

    /// Gives the message its number.
    ///
    /// @param file the id of an upload of the sender's that goes with the message
    CompletionStage<Outcome> add(String history, String room, ChatMessage message, @Nullable String file);

    /// Changes the text of what `person` said, or deletes it where `text` is null. Nothing when there is no such
    /// message of theirs.
    CompletionStage<Optional<ChatMessage>> change(String history, String person, long n, @Nullable String text);

    /// What `person` may read of what was said or changed after `v`, in that order.
    CompletionStage<Part> since(String history, String person, long v);

    /// What `person` may read of the messages before `n`: the last of them, in the room's order.
    CompletionStage<Part> before(String history, String person, long n);

    /// Deletes a history. The room may have another one from now on.
    void erase(String history);

    /// The histories of rooms that did not end.
    CompletionStage<List<Kept>> kept();
}
