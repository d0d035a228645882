package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;

/// What of one encoding a subscriber gets: whole frames, those of the layers that it is to have. Numbers frames
/// without wraps and sees to it that all packets of a frame, also late ones, share its fate. One for each stretch;
/// lives on the subscriber's loop.
final class FrameFilter {
    /// The next frame at which the size may change without a key frame comes within this, or not at all.
    static final long SIZE_PATIENCE_NS = 300_000_000;

    /// A screen of few frames a second comes round to a switching point in this time.
    static final long RATE_PATIENCE_NS = 2_000_000_000;

    private final Layering layering;
    private final LayerChoice choice;
    private final FrameLog log = new FrameLog();
    private final LeftOut closedUp = new LeftOut();
    private long newest;
    private byte newestVerdict = FrameLog.UNKNOWN;
    private long waitingSinceNs = Deadlines.NEVER;

    /// @param first of the stretch; with layers
    FrameFilter(MediaPacket first) {
        layering = first.layering();
        choice = layering == Layering.DEPENDENCIES ? new DecodeTargets() : new TemporalLayers();
        newest = -1;
        newest = index(first) - 1;
    }

    /// Whether the packet belongs to what the subscriber gets. A packet that does not say what it belongs to does.
    boolean takes(MediaPacket packet, int spatial, int temporal, long nowNs) {
        if (!numbered(packet)) {
            return true;
        }
        long frame = index(packet);
        if (frame > newest && packet.layering() == layering) {
            next(packet, frame, spatial, temporal, nowNs);
        } else if (frame > newest) {
            decided(frame, FrameLog.TAKEN);
        }
        return frame == newest ? newestVerdict != FrameLog.LEFT_OUT : takesLate(packet, frame);
    }

    private void next(MediaPacket packet, long frame, int spatial, int temporal, long nowNs) {
        decided(frame, choice.next(packet, frame, log, spatial, temporal));
        if (newestVerdict == FrameLog.LEFT_OUT && layering == Layering.VP8) {
            closedUp.add(frame);
        }
        if (choice.reached()) {
            waitingSinceNs = Deadlines.NEVER;
        } else if (waitingSinceNs == Deadlines.NEVER) {
            waitingSinceNs = nowNs;
        }
    }

    private void decided(long frame, byte verdict) {
        newestVerdict = verdict;
        newest = frame;
        log.put(frame, verdict);
    }

    private boolean takesLate(MediaPacket packet, long frame) {
        byte verdict = log.verdict(frame);
        if (verdict == FrameLog.UNKNOWN) {
            verdict = packet.layering() == layering ? choice.late(packet, frame) : FrameLog.TAKEN;
            log.put(frame, verdict);
        }
        return verdict != FrameLog.LEFT_OUT;
    }

    /// Whether it was decided to leave the packet's frame out.
    boolean leavesOut(MediaPacket packet) {
        return numbered(packet) && log.verdict(index(packet)) == FrameLog.LEFT_OUT;
    }

    /// How many frames before this one have no number with the subscriber. VP8's picture ids close up behind
    /// frames that are left out, because decoders wait for missing ones; others keep the gap, as frames refer
    /// to each other by their distance.
    long closedUpBefore(MediaPacket packet) {
        return closedUp.below(packet.layering() == layering ? index(packet) : Long.MAX_VALUE);
    }

    /// Whether the packet is the last that the subscriber gets of its picture although the publisher's picture
    /// goes on.
    boolean endsPicture(MediaPacket packet) {
        return layering == Layering.DEPENDENCIES
                && packet.layering() == layering
                && packet.dependencies().endOfFrame()
                && log.verdict(index(packet)) == FrameLog.TAKEN_AS_TOP;
    }

    /// Whether a key frame has a number that belongs to the past: the encoder counts anew.
    boolean restarts(MediaPacket packet) {
        return packet.startsDecoding() && packet.layering() == layering && index(packet) < newest;
    }

    /// Whether the wanted layers have not been reached for so long that only a key frame leads to them.
    boolean overdue(long nowNs) {
        long patienceNs = choice.rightSize() ? RATE_PATIENCE_NS : SIZE_PATIENCE_NS;
        return waits() && (choice.stranded() || nowNs - waitingSinceNs >= patienceNs);
    }

    boolean waits() {
        return waitingSinceNs != Deadlines.NEVER;
    }

    int spatialLayer() {
        return choice.spatialLayer();
    }

    int temporalLayer() {
        return choice.temporalLayer();
    }

    /// Whether the packet says which frame it is of. A dependency descriptor does even where the structure that it
    /// refers to has not come.
    private boolean numbered(MediaPacket packet) {
        return packet.layering() == layering || (layering == Layering.DEPENDENCIES && packet.hasDependencies());
    }

    /// The frame's number without wraps: the one nearest to the newest.
    private long index(MediaPacket packet) {
        boolean described = layering == Layering.DEPENDENCIES;
        int number = described ? packet.dependencyNumber() : packet.pictureId();
        int shift = Integer.SIZE - (described ? 16 : packet.pictureIdBits());
        return newest + ((number - (int) newest) << shift >> shift);
    }
}
