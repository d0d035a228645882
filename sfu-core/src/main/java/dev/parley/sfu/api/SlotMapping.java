package dev.parley.sfu.api;

import org.jspecify.annotations.Nullable;

/// Who is in a slot now. A slot with neither track is empty; `participant` is then null.
public record SlotMapping(
        int slot,
        @Nullable ParticipantId participant,
        @Nullable TrackId video,
        @Nullable TrackId audio) {}
