package dev.parley.signaling.model;

/// Where a room's chat stands.
///
/// @param history one life of the room; another one has other messages under the same numbers
/// @param last the number of the last message or change that everybody could have been told
public record ChatHead(String history, long last) {}
