package dev.parley.sfu.api;

/// What a track shows or lets hear.
public enum TrackSource {
    MICROPHONE("microphone", false),
    CAMERA("camera", true),
    SCREEN("screen", true),
    SCREEN_AUDIO("screen-audio", false);

    private final String wireName;
    private final boolean video;

    TrackSource(String wireName, boolean video) {
        this.wireName = wireName;
        this.video = video;
    }

    public String wireName() {
        return wireName;
    }

    public boolean video() {
        return video;
    }

    public boolean share() {
        return this == SCREEN || this == SCREEN_AUDIO;
    }
}
