package dev.parley.sfu.api;

/// One published track as others are told of it. `codec` is the SDP name, `VP8` say.
///
/// @param muted nothing comes of it, whoever wanted that
/// @param held the server lets nothing of it through: `SfuParticipant.hold`
public record TrackInfo(TrackId id, TrackSource source, String codec, boolean muted, boolean held) {}
