package dev.parley.sfu.api;

/// One published track as others are told of it. `codec` is the SDP name, `VP8` say.
public record TrackInfo(TrackId id, TrackSource source, String codec, boolean muted) {}
