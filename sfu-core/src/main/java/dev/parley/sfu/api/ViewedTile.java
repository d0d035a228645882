package dev.parley.sfu.api;

/// One tile on a viewer's page, in CSS pixels times the device's ratio.
///
/// @param hidden it is not to be seen just now, on another page of the grid say: it keeps its slot, and nothing is sent
public record ViewedTile(
        ParticipantId participant, TrackSource source, int width, int height, boolean pinned, boolean hidden) {}
