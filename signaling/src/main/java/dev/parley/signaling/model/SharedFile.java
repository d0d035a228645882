package dev.parley.signaling.model;

/// A file that somebody shows to others, as the server knows it.
///
/// @param key 128 random bits: whoever knows it may read the file
/// @param name as it was called on the sender's disk, safe to be shown and to be saved under
/// @param type what its first bytes say, or what its sender said where they say nothing
public record SharedFile(String key, String name, long size, String type) {
    @Override
    public String toString() {
        return "SharedFile[" + size + "]"; // a key is never in a log, nor a name
    }
}
