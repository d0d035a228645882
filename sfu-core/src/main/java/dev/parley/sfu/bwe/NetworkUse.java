package dev.parley.sfu.bwe;

/// What the delays of packets say about the queue before the bottleneck.
enum NetworkUse {
    /// The queue does not change.
    NORMAL,
    /// The queue grows.
    OVERUSED,
    /// The queue empties.
    UNDERUSED
}
