package dev.parley.sfu.media;

import org.jspecify.annotations.Nullable;

/// A stretch of packets from one encoding of one source, as one subscriber gets them: what is added to the
/// source's numbers, and what was left out. A packet that is left out while it is the newest gives its number
/// to the next one; a number that was kept for a packet under way stays kept. Lives on the subscriber's loop.
final class Segment {
    final TrackFeed feed;
    final int encoding;
    final long firstSource;
    final long firstOut;
    final int timestampOffset;
    private final int pictureIdOffset;
    private final int tl0Offset;
    private final int frameNumberOffset;
    /// Null where frames cannot be told apart.
    private final @Nullable FrameFilter filter;

    private final LeftOut leftOut = new LeftOut();
    /// The highest index that has its number, or was left out.
    private long highestSource;
    /// Whether the subscriber got the structure that dependency descriptors refer to.
    private boolean described;

    Segment(TrackFeed feed, MediaPacket first, long firstOut, int timestamp, int pictureId, int tl0, int frameNumber) {
        this.feed = feed;
        this.encoding = first.encoding();
        this.firstSource = first.seqIndex();
        this.firstOut = firstOut;
        this.timestampOffset = timestamp - first.timestamp();
        this.pictureIdOffset = pictureId - first.pictureId();
        this.tl0Offset = tl0 - first.tl0PicIdx();
        this.frameNumberOffset = frameNumber - first.dependencyNumber();
        this.filter = first.layering() == Layering.NONE ? null : new FrameFilter(first);
        this.highestSource = firstSource - 1;
    }

    /// Whether the packet belongs to the layers that the subscriber is to get.
    boolean takes(MediaPacket packet, int spatial, int temporal, long nowNs) {
        FrameFilter layers = filter;
        return layers == null || layers.takes(packet, spatial, temporal, nowNs);
    }

    /// Closes the numbers up behind a packet that is not taken.
    ///
    /// @return false when it is too late for that: its number was kept for it
    boolean leaveOut(long sourceIndex) {
        if (sourceIndex <= highestSource) {
            return false;
        }
        leftOut.add(sourceIndex);
        highestSource = sourceIndex;
        return true;
    }

    /// Whether it was decided to leave this packet out, although it may have a number.
    boolean leavesOut(MediaPacket packet) {
        FrameFilter layers = filter;
        return layers != null && layers.leavesOut(packet);
    }

    /// The number of a packet that was not left out, negative when it is before the stretch or too late for any.
    long outIndex(long sourceIndex) {
        if (sourceIndex < firstSource || forgotten(sourceIndex)) {
            return -1;
        }
        return sourceIndex - firstSource + firstOut - leftOut.below(sourceIndex);
    }

    /// The packet that got this number, or would get it; negative when that is forgotten.
    long sourceIndex(long outIndex) {
        long unshifted = outIndex - firstOut + firstSource;
        long source = unshifted + leftOut.below(Long.MAX_VALUE);
        for (long lower = unshifted + leftOut.below(source);
                lower < source;
                lower = unshifted + leftOut.below(source)) {
            source = lower;
        }
        return forgotten(source) ? -1 : source;
    }

    private boolean forgotten(long sourceIndex) {
        return !leftOut.empty() && sourceIndex <= highestSource - LeftOut.WINDOW;
    }

    void sent(long sourceIndex) {
        highestSource = Math.max(highestSource, sourceIndex);
    }

    long highestSource() {
        return highestSource;
    }

    int pictureId(MediaPacket packet) {
        FrameFilter layers = filter;
        int closedUp = layers == null ? 0 : (int) layers.closedUpBefore(packet);
        return packet.pictureId() + pictureIdOffset - closedUp;
    }

    int tl0PicIdx(MediaPacket packet) {
        return packet.tl0PicIdx() + tl0Offset;
    }

    /// The number in the dependency descriptor. It has gaps where frames were left out, because frames say by
    /// it how far back those are that they need.
    int frameNumber(MediaPacket packet) {
        return packet.dependencyNumber() + frameNumberOffset;
    }

    boolean endsPicture(MediaPacket packet) {
        FrameFilter layers = filter;
        return layers != null && layers.endsPicture(packet);
    }

    /// Whether the encoder counts its frames anew with this packet.
    boolean restarts(MediaPacket packet) {
        FrameFilter layers = filter;
        return layers != null && packet.seqIndex() > highestSource && layers.restarts(packet);
    }

    boolean described() {
        return described;
    }

    void described(boolean structureGotThrough) {
        described = structureGotThrough;
    }

    @Nullable
    FrameFilter filter() {
        return filter;
    }
}
