package dev.parley.sfu.media;

/// Which encoding of a source a subscriber gets: the highest that arrives and is not above what it is to have;
/// where there is none such, the lowest above. A change waits for a key frame of the new one; until then the
/// former goes on. Audio has one encoding and needs no key frame. Which layers of the encoding it gets is the
/// business of `Segment`.
final class LayerSelector {
    /// An encoding that has not come for so long is not waited for: several frames of the slowest camera.
    static final long VANISHED_NS = 500_000_000;

    /// An encoding that is silent for so long while others of its source go on is gone; with the time that a key
    /// frame takes the picture stands still for less than half a second.
    static final long SILENT_NS = 200_000_000;

    /// The same for one that was given up and then went on at once: key frames of all encodings together keep a
    /// narrow uplink busy for so long, and changing to the smaller one asks for more of them. A picture should not
    /// stand for more than half a second.
    static final long SLOW_NS = 350_000_000;

    private static final int NONE = -1;

    private int wanted = OutgoingTrack.ALL_LAYERS;
    private int current = NONE;
    private int target = NONE;
    private int givenUp = NONE;
    private long givenUpNs;
    private long silentNs = SILENT_NS;

    /// The source changed, or its packets cannot be sent on: nothing is chosen yet.
    void reset() {
        current = NONE;
        target = NONE;
        givenUp = NONE;
        silentNs = SILENT_NS;
    }

    int current() {
        return current;
    }

    /// The encoding that is wanted most of those that come: `current`, or the one whose key frame is waited for.
    int target() {
        return target;
    }

    /// What is to be sent from now on, as far as it comes.
    void want(int highest, TrackFeed feed, long nowNs) {
        wanted = highest;
        if (current == NONE) {
            target = NONE;
            return;
        }
        target = current;
        aimAtBest(feed, nowNs);
    }

    void want(int highest) {
        wanted = highest;
    }

    /// Whether this packet goes to the subscriber, as far as its layers do. Changes `current` when the packet
    /// starts the encoding that is waited for.
    boolean takes(MediaPacket packet, TrackFeed feed, long nowNs) {
        int encoding = packet.encoding();
        if (encoding == givenUp) {
            silentNs = nowNs - givenUpNs < SLOW_NS ? SLOW_NS : silentNs;
            givenUp = NONE;
        }
        if (encoding == current) {
            if (target != current && rank(current) > rank(target)) {
                target = current;
            }
            return true;
        }
        if (target == NONE || rank(encoding) > rank(target)) {
            target = encoding;
        } else if (feed.outpaced(target, silentNs, nowNs)) {
            givenUp = target;
            givenUpNs = nowNs;
            target = encoding;
        }
        if (current == NONE) {
            aimAtBest(feed, nowNs);
        }
        boolean chosen = encoding == target || (current == NONE && encoding <= wanted);
        if (!chosen || !packet.startsDecoding()) {
            return false;
        }
        current = encoding;
        return true;
    }

    private void aimAtBest(TrackFeed feed, long nowNs) {
        for (int encoding = 0; encoding < feed.track().encodings(); encoding++) {
            if (rank(encoding) > rank(target) && feed.alive(encoding, nowNs)) {
                target = encoding;
            }
        }
    }

    /// Whether a key frame of this encoding would be taken for the first picture: it is not above what is wanted, or
    /// nothing lower comes.
    boolean mayBegin(int encoding, TrackFeed feed, long nowNs) {
        for (int lower = 0; lower < encoding; lower++) {
            if (encoding > wanted && feed.alive(lower, nowNs)) {
                return false;
            }
        }
        return true;
    }

    /// The higher the better up to what is wanted; above it the lower.
    private int rank(int encoding) {
        return encoding <= wanted ? encoding : -1 - encoding;
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

    /// Asks for key frames of those encodings that it may begin with.
    void askToBegin(TrackFeed feed, long nowNs) {
        for (int encoding = 0; encoding < feed.track().encodings(); encoding++) {
            if (mayBegin(encoding, feed, nowNs)) {
                feed.requestKeyFrame(encoding, nowNs);
            }
        }
    }
}
