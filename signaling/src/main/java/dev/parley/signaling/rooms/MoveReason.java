package dev.parley.signaling.rooms;

/// Why a socket lost its place, as its client is told.
public enum MoveReason {
    REPLACED("replaced"),
    RESUMED("resumed"),
    DRAINING("draining"),
    REMOVED("removed");

    private final String wireName;

    MoveReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
