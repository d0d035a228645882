package dev.parley.sfu.media;

/// What a packet is sent for: where not all can leave, that decides.
public enum Purpose {
    /// Carries what the source sends now.
    MEDIA,
    /// Was asked for again.
    REPAIR,
    /// Carries nothing that is needed: part of a probe.
    PADDING
}
