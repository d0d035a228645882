package dev.parley.sfu.api;

/// One tile on a viewer's page, in CSS pixels times the device's ratio.
public record ViewedTile(ParticipantId participant, TrackSource source, int width, int height, boolean pinned) {}
