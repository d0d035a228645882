package dev.parley.sfu.api;

/// What is tried for a viewer who does not get what it is sent, from the gentlest on.
public enum HealRung {
    /// The publisher is asked for a picture to begin with.
    KEY_FRAME("key_frame"),
    /// Picture and voice go to another slot, or begin anew in theirs.
    REMAP("remap"),
    /// The client is asked for an ICE restart.
    RESTART("restart"),
    /// The client is asked for a new transport.
    TRANSPORT("transport"),
    /// Nothing helped; the client says so to its person.
    NONE("none");

    private final String wireName;

    HealRung(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
