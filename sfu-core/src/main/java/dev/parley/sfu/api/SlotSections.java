package dev.parley.sfu.api;

import org.jspecify.annotations.Nullable;

/// The media sections of one slot by their mids; a voice slot has no video, a video-only offer no audio.
public record SlotSections(
        int slot, @Nullable String audio, @Nullable String video) {}
