package dev.parley.sfu.api;

/// What a sending section carries, told beside the offer.
public record AnnouncedTrack(String mid, TrackSource source, boolean muted) {}
