package dev.parley.sfu.media;

import dev.parley.sfu.base.Rng;
import org.jspecify.annotations.Nullable;

/// Keeps one outgoing stream's numbers continuous while its sources change. A stretch of packets from one
/// encoding of one source is a `Segment`; the last few are remembered, so that an outgoing number can be traced
/// back to the packet it was made of. Lives on the subscriber's loop.
final class RtpRewriter {
    /// Stretches that a late NACK can still reach back into.
    private static final int SEGMENTS_MAX = 4;

    private static final int FIRST_INDEX_MAX = 1 << 14;

    /// A hole that is passed on, so that the subscriber may ask for what is in it. Nobody repairs a larger one,
    /// and large steps could make a subscriber lose count of the wraps (RFC 3711 §3.3.1) for whatever comes in
    /// the slot later.
    private static final int HOLE_MAX = 128;

    /// What two encodings' clocks may say beside the time that went by: after an outage a sender first empties its
    /// queue, and pictures come seconds after they were taken.
    private static final long CLOCK_ERROR_MAX_SECONDS = 5;

    private final int clockRate;
    private final @Nullable Segment[] segments = new Segment[SEGMENTS_MAX];
    private int newest;
    private long highestIndex;
    /// The highest that went out with a payload.
    private long highestSent = -1;

    private int lastTimestamp;
    private long lastSentNs = Long.MIN_VALUE;
    private int lastPictureId;
    private int lastTl0PicIdx;
    private int lastFrameNumber;

    RtpRewriter(int clockRate, Rng rng) {
        this.clockRate = clockRate;
        this.highestIndex = rng.below(FIRST_INDEX_MAX);
        this.lastTimestamp = rng.nextInt();
        this.lastPictureId = rng.below(1 << 14);
        this.lastTl0PicIdx = rng.below(1 << 7);
        this.lastFrameNumber = rng.below(1 << 14);
    }

    /// Starts a stretch with this packet, right behind what was sent last.
    Segment begin(TrackFeed feed, MediaPacket first, long nowNs) {
        Segment segment = new Segment(
                feed,
                first,
                highestIndex + 1,
                nextTimestamp(feed, first, nowNs),
                lastPictureId + 1,
                lastTl0PicIdx + 1,
                lastFrameNumber + 1);
        newest = (newest + 1) % SEGMENTS_MAX;
        segments[newest] = segment;
        return segment;
    }

    @Nullable
    Segment current() {
        return segments[newest];
    }

    /// The number a packet gets, or a negative one when it lies before its stretch.
    long outIndex(MediaPacket packet) {
        Segment segment = segments[newest];
        return segment == null ? -1 : segment.outIndex(packet.seqIndex());
    }

    /// The stretch before the current one, when this packet belongs into it: late, its number still free. Else
    /// null.
    @Nullable
    Segment former(TrackFeed feed, MediaPacket packet) {
        Segment current = segments[newest];
        Segment former = segments[Math.floorMod(newest - 1, SEGMENTS_MAX)];
        boolean fits = former != null
                && current != null
                && former.feed == feed
                && former.encoding == packet.encoding()
                && former.outIndex(packet.seqIndex()) >= former.firstOut
                && former.outIndex(packet.seqIndex()) < current.firstOut;
        return fits ? former : null;
    }

    /// Whether so much is missing before this packet that a new stretch has to begin, or its frames are counted
    /// anew.
    boolean breaksOff(MediaPacket packet, long nowNs) {
        Segment segment = segments[newest];
        if (segment == null || segment.encoding != packet.encoding()) {
            return false;
        }
        long step = packet.seqIndex() - segment.highestSource();
        return step > HOLE_MAX || (step > 1 && nowNs - lastSentNs > NackRequests.OUTAGE_NS) || segment.restarts(packet);
    }

    void sent(MediaPacket packet, Segment segment, long outIndex, long nowNs) {
        segment.sent(packet.seqIndex());
        if (outIndex <= highestSent) {
            return;
        }
        highestSent = outIndex;
        highestIndex = Math.max(highestIndex, outIndex);
        lastTimestamp = packet.timestamp() + segment.timestampOffset;
        lastSentNs = nowNs;
        if (packet.hasPictureId()) {
            lastPictureId = segment.pictureId(packet);
            lastTl0PicIdx = segment.tl0PicIdx(packet);
        }
        if (packet.hasDependencies()) {
            lastFrameNumber = segment.frameNumber(packet);
        }
    }

    /// A number that was kept for a packet went out empty.
    void filled(long outIndex) {
        highestIndex = Math.max(highestIndex, outIndex);
    }

    /// The stretch that an outgoing number belongs to, null when it is forgotten or was never sent.
    @Nullable
    Segment segmentOf(long outIndex) {
        if (outIndex > highestIndex) {
            return null;
        }
        for (int i = 0; i < SEGMENTS_MAX; i++) {
            Segment segment = segments[Math.floorMod(newest - i, SEGMENTS_MAX)];
            if (segment != null && outIndex >= segment.firstOut) {
                return segment;
            }
        }
        return null;
    }

    /// The index that a 16-bit number of ours stands for.
    long unwrap(int seq) {
        return highestIndex + (short) (seq - (int) highestIndex);
    }

    long highestIndex() {
        return highestIndex;
    }

    int lastTimestamp() {
        return lastTimestamp;
    }

    long lastSentNs() {
        return lastSentNs;
    }

    /// Encodings of one source keep the distance that their captures had; another source, or one whose clock is
    /// not known yet, follows by the time that went by.
    private int nextTimestamp(TrackFeed feed, MediaPacket first, long nowNs) {
        if (lastSentNs == Long.MIN_VALUE) {
            return lastTimestamp;
        }
        long elapsed = (nowNs - lastSentNs) / 1_000 * clockRate / 1_000_000;
        Segment before = segments[newest];
        if (before != null && before.feed == feed && knowsBoth(feed, before.encoding, first.encoding())) {
            int timestamp = inClockOf(before.encoding, feed, first) + before.timestampOffset;
            int step = timestamp - lastTimestamp;
            if (step > 0 && Math.abs(step - elapsed) < CLOCK_ERROR_MAX_SECONDS * clockRate) {
                return timestamp;
            }
        }
        return lastTimestamp + (int) Math.max(1, elapsed);
    }

    private static boolean knowsBoth(TrackFeed feed, int one, int other) {
        return one == other || (feed.clock(one) != null && feed.clock(other) != null);
    }

    /// The timestamp that the packet would have as one of another encoding.
    private int inClockOf(int encoding, TrackFeed feed, MediaPacket packet) {
        SourceClock from = feed.clock(encoding);
        SourceClock to = feed.clock(packet.encoding());
        if (encoding == packet.encoding() || from == null || to == null) {
            return packet.timestamp();
        }
        return from.timestampAt(to.momentOf(packet.timestamp(), clockRate), clockRate);
    }
}
