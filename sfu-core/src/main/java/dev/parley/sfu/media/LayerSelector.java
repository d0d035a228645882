package dev.parley.sfu.media;

/// Which encoding of a source a subscriber gets: first the one whose key frame comes first, then the highest that
/// arrives. A change waits for a key frame of the new one; until then the former goes on. Audio has one encoding and
/// needs no key frame.
final class LayerSelector {
    /// An encoding that has not come for so long is gone: several frames of the slowest camera.
    static final long VANISHED_NS = 500_000_000;

    private static final int NONE = -1;

    private int current = NONE;
    private int target = NONE;

    /// The source changed: nothing is chosen yet.
    void reset() {
        current = NONE;
        target = NONE;
    }

    int current() {
        return current;
    }

    /// Whether this packet goes to the subscriber. Changes `current` when the packet starts the encoding that is
    /// waited for.
    boolean takes(MediaPacket packet, TrackFeed feed, long nowNs) {
        int encoding = packet.encoding();
        if (encoding == current) {
            target = Math.max(target, current);
            return true;
        }
        if (encoding > target || target == NONE || !feed.alive(target, nowNs)) {
            target = encoding;
        }
        if ((encoding != target && current != NONE) || !packet.startsDecoding()) {
            return false;
        }
        current = encoding;
        return true;
    }

    boolean waiting() {
        return current == NONE || target != current;
    }

    /// The encoding whose key frame is waited for, or a negative number.
    int awaited(TrackFeed feed, long nowNs) {
        if (target != current && current != NONE && !feed.alive(target, nowNs)) {
            target = current;
        }
        return target == current ? NONE : target;
    }
}
