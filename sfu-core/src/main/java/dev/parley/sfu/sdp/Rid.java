package dev.parley.sfu.sdp;

/// `a=rid:q send pt=96;max-width=320`, RFC 8851.
///
/// @param parameters the restrictions, empty where there are none
public record Rid(String id, boolean send, String parameters) {}
