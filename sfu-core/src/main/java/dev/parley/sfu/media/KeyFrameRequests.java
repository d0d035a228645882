package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;

/// Merges the key-frame requests for one encoding: whoever asks, at most one goes out in an interval. A request that
/// comes too early waits for its time.
final class KeyFrameRequests {
    private final long intervalNs;
    private long allowedNs = Long.MIN_VALUE;
    private boolean wanted;

    KeyFrameRequests(long intervalNs) {
        this.intervalNs = intervalNs;
    }

    void want() {
        wanted = true;
    }

    boolean wanted() {
        return wanted;
    }

    /// A key frame came: nobody waits any longer.
    void satisfied() {
        wanted = false;
    }

    /// Whether one is to be sent now.
    boolean take(long nowNs) {
        if (!wanted || nowNs < allowedNs) {
            return false;
        }
        wanted = false;
        allowedNs = nowNs + intervalNs;
        return true;
    }

    long nextTimeNs() {
        return wanted ? allowedNs : Deadlines.NEVER;
    }
}
