package dev.parley.signaling.model;

/// How far someone is in the call. `JOINING` is never told to others.
public enum Presence {
    JOINING("joining"),
    CONNECTED("connected"),
    AWAY("away");

    private final String wireName;

    Presence(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
