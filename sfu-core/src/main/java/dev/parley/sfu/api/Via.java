package dev.parley.sfu.api;

/// Which adapter brought a participant.
public enum Via {
    WEB,
    WHIP,
    WHEP;

    /// A viewer who only watches does not keep a by-name room alive.
    public boolean keepsRoom() {
        return this != WHEP;
    }
}
