package dev.parley.signaling.files;

/// Somebody in a room, as the server knows them.
///
/// @param room its key
/// @param history one life of the room: files are kept as long as that
/// @param person the same when they come back
public record Uploader(String room, String history, String person) {}
