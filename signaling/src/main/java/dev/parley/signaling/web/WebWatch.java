package dev.parley.signaling.web;

/// What the outside measures of connections. Called on any event loop.
public interface WebWatch {
    /// A limit was reached; the name is one of a fixed few.
    void limitHit(String limit);
}
