package dev.parley.signaling.files;

import dev.parley.signaling.model.SharedFile;
import java.time.Instant;

/// A file of a room's chat.
///
/// @param n the number of its message
/// @param from the place of its sender at that time
public record ListedFile(long n, Instant at, String from, String fromName, SharedFile file) {}
