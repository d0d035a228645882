package dev.parley.signaling.rooms;

import dev.parley.signaling.model.ChatHead;

/// What rooms need of chat: that it begins and ends with them. Called on the timeline.
public interface RoomChats {
    /// Where the chat of an open room stands.
    ChatHead head(String room);

    /// The room is over.
    void ended(String room);
}
