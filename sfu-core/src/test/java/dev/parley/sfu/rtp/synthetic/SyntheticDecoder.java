package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.rtp.rtcp.RtcpWriter;

/// A decoder without pictures: begins at a key frame, takes packets in their order, asks for those that are missing,
/// and
/// for a key frame when one is given up. One thread.
final class SyntheticDecoder {
    private static final long REORDER_NS = 10_000_000;
    private static final long ASK_AGAIN_NS = 100_000_000;
    private static final long GIVE_UP_NS = 600_000_000;
    private static final long KEY_FRAME_AGAIN_NS = 500_000_000;
    private static final int ASKS_MAX = 10;
    private static final int NACKS_MAX = 100;

    private final StreamChecker stream;
    private final int[] missing = new int[NACKS_MAX];
    private long next = -1;
    private long stuckSinceNs = Long.MAX_VALUE;
    private long keyFrameAskedNs = Long.MIN_VALUE;
    private long frames;
    private long lastFrameNs = Long.MIN_VALUE;

    SyntheticDecoder(StreamChecker stream) {
        this.stream = stream;
    }

    long frames() {
        return frames;
    }

    /// When the last frame was complete.
    long lastFrameNs() {
        return lastFrameNs;
    }

    void arrived(Arrival arrival, long nowNs) {
        if (next < 0 && arrival.startsKeyFrame()) {
            next = arrival.index;
        }
        if (next >= 0) {
            consume(nowNs);
        }
    }

    private void consume(long nowNs) {
        long from = next;
        for (Arrival at = stream.known(next); at != null && at.arrived; at = stream.known(next)) {
            next++;
            if (at.endsFrame) {
                frames++;
                lastFrameNs = nowNs;
            }
        }
        Arrival stop = stream.known(next);
        if (stop != null && stop.empty) {
            resume(nowNs);
        } else if (next > stream.highest()) {
            stuckSinceNs = Long.MAX_VALUE;
        } else if (next != from || stuckSinceNs == Long.MAX_VALUE) {
            stuckSinceNs = nowNs;
        }
    }

    /// Writes what the decoder wants of the server.
    void feedback(RtcpWriter writer, int ownSsrc, int ssrc, long nowNs) {
        if (!stream.started()) {
            return;
        }
        if (next >= 0 && stuckSinceNs != Long.MAX_VALUE && nowNs - stuckSinceNs > GIVE_UP_NS) {
            resume(nowNs);
        }
        if (next < 0) {
            askForKeyFrame(writer, ownSsrc, ssrc, nowNs);
        } else {
            askForMissing(writer, ownSsrc, ssrc, nowNs);
        }
    }

    /// Goes on with the next key frame that is there, or waits for one.
    private void resume(long nowNs) {
        stuckSinceNs = Long.MAX_VALUE;
        for (long i = next + 1; i <= stream.highest(); i++) {
            Arrival at = stream.known(i);
            if (at != null && at.arrived && at.startsKeyFrame()) {
                next = i;
                consume(nowNs);
                return;
            }
        }
        next = -1;
    }

    private void askForKeyFrame(RtcpWriter writer, int ownSsrc, int ssrc, long nowNs) {
        if (keyFrameAskedNs == Long.MIN_VALUE || nowNs - keyFrameAskedNs >= KEY_FRAME_AGAIN_NS) {
            if (writer.pli(ownSsrc, ssrc)) {
                keyFrameAskedNs = nowNs;
            }
        }
    }

    private void askForMissing(RtcpWriter writer, int ownSsrc, int ssrc, long nowNs) {
        if (stuckSinceNs == Long.MAX_VALUE || nowNs - stuckSinceNs < REORDER_NS) {
            return;
        }
        int count = 0;
        for (long i = next; i <= stream.highest() && count < NACKS_MAX; i++) {
            Arrival at = stream.place(i);
            boolean due = at.asks == 0 || nowNs - at.askedNs >= ASK_AGAIN_NS;
            if (!at.arrived && !at.empty && due && at.asks < ASKS_MAX) {
                at.asks++;
                at.askedNs = nowNs;
                missing[count++] = (int) i & 0xffff;
            }
        }
        writer.nack(ownSsrc, ssrc, missing, count);
    }
}
