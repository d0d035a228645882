package dev.parley.sfu.edge;

/// Reads from an ICE ufrag which loop its endpoint is on. Called on every loop.
@FunctionalInterface
public interface UfragOwner {
    /// The loop's index, or a negative number when the ufrag is none of ours. May name a loop that does not exist.
    int loopOf(String ufrag);
}
