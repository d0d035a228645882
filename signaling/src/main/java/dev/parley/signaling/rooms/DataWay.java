package dev.parley.signaling.rooms;

import org.jspecify.annotations.Nullable;

/// The data channels of one place: whether they carry what is said in its room, or its socket does. On the timeline.
final class DataWay {
    private @Nullable DataPort port;
    private boolean chat;
    private boolean live;
    private boolean full;
    private int turn;

    @Nullable
    DataPort port() {
        return port;
    }

    /// How often the way has changed: of two messages that say so the higher one is right.
    int turn() {
        return turn;
    }

    int nextTurn() {
        return ++turn;
    }

    boolean carriesChat() {
        return port != null && chat && !full;
    }

    void opened(DataPort with, String label) {
        port = with;
        if (label.equals(DataPort.CHAT)) {
            chat = true;
            full = false;
        } else if (label.equals(DataPort.LIVE)) {
            live = true;
        }
    }

    void closed(String label) {
        if (label.equals(DataPort.CHAT)) {
            chat = false;
            full = false;
        } else if (label.equals(DataPort.LIVE)) {
            live = false;
        }
    }

    /// The channel for chat takes nothing more, or does again.
    void full(boolean now) {
        full = now;
    }

    /// The transport is gone.
    void lost() {
        port = null;
        chat = false;
        live = false;
        full = false;
    }

    /// False when the socket is to tell it.
    boolean tell(RoomEvent.Spoken event) {
        DataPort to = port;
        if (to != null && live && event instanceof RoomEvent.Reactions) {
            to.tell(DataPort.LIVE, event);
            return true;
        }
        if (to == null || !carriesChat()) {
            return false;
        }
        to.tell(DataPort.CHAT, event);
        return true;
    }
}
