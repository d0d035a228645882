package dev.parley.sfu.bwe;

/// What a packet that was sent is, as far as the budget cares.
public enum SentKind {
    AUDIO,
    /// Audio with copies of what came before it.
    RED,
    VIDEO,
    /// Sent again because it was asked for.
    RTX,
    /// Carries nothing new, RTX that nobody asked for included: part of a probe.
    PADDING
}
