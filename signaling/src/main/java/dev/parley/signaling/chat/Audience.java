package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatMessage;

/// Those in a room who are to hear what was said. Called on the timeline.
@FunctionalInterface
public interface Audience {
    void tell(String room, ChatMessage message);
}
