package dev.parley.signaling.socket;

/// What those who join are told of uploads.
///
/// @param maxBytes of one file
/// @param partBytes of one request
public record FilesOffer(long maxBytes, int partBytes) {}
