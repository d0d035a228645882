package dev.parley.sfu.api;

import org.jspecify.annotations.Nullable;

/// A viewer is shown this one person and nobody else.
///
/// @param publisher need not be there, or not yet
/// @param source `CAMERA` or `SCREEN`; null takes the camera, else the screen
public record Watch(ParticipantId publisher, @Nullable TrackSource source) {}
