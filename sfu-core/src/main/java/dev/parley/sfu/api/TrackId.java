package dev.parley.sfu.api;

/// One published track, constant for its life and unique in the process. Opaque, at most 64 characters.
public record TrackId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
