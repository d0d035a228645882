package dev.parley.signaling.model;

/// What someone may do in a room.
public enum Role {
    SPEAKER("speaker"),
    VIEWER("viewer");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
