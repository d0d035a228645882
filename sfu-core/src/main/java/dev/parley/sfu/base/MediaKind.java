package dev.parley.sfu.base;

/// What a track or media section carries.
public enum MediaKind {
    AUDIO,
    VIDEO;

    public String sdpName() {
        return this == AUDIO ? "audio" : "video";
    }
}
