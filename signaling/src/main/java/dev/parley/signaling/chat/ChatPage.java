package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatMessage;
import java.util.List;

/// A part of a room's history, as one reader may see it.
///
/// @param last the reader has everything up to this number, once this page and those before it were read
/// @param more whether another page follows
public record ChatPage(List<ChatMessage> messages, long last, boolean more) {
    public ChatPage {
        messages = List.copyOf(messages);
    }
}
