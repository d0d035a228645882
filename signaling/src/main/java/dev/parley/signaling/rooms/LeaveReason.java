package dev.parley.signaling.rooms;

/// Why somebody is no longer among those that are named, as the others are told.
public enum LeaveReason {
    LEFT("left"),
    LOST("lost"),
    REPLACED("replaced"),
    REMOVED("removed"),
    FAILED("failed"),
    /// Still in the room, but no longer among those that everyone is told about.
    UNLISTED("unlisted");

    private final String wireName;

    LeaveReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
