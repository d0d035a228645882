package dev.parley.sfu.stream;

import dev.parley.sfu.base.Packet;
import java.util.concurrent.TimeUnit;

/// One stream of pictures as its queue sees it: what of it waits, which frame has begun to leave, and whether frames of
/// it were dropped. Plain state of `FrameQueue`, on one loop.
final class Picture {
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(4);

    /// A stream that went well for so long begins anew with the shortest pause.
    private static final long FORGIVEN_NS = TimeUnit.SECONDS.toNanos(10);

    /// Nobody misses a stream whose source has not sent for so long.
    private static final long MISSED_NS = TimeUnit.SECONDS.toNanos(2);

    final int ssrc;
    int bytes;

    private boolean begun;
    private int begunTimestamp;
    private boolean cut;
    private boolean refused;
    private int refusedTimestamp;
    private long pauseNs = FIRST_PAUSE_NS;
    private long pausedUntilNs;
    private long missedUntilNs = Long.MIN_VALUE;

    Picture(int ssrc) {
        this.ssrc = ssrc;
    }

    static int ssrcOf(Packet packet) {
        return packet.i32(8);
    }

    static int timestampOf(Packet packet) {
        return packet.i32(4);
    }

    boolean hasBegun(Packet packet) {
        return begun && timestampOf(packet) == begunTimestamp;
    }

    /// A packet of it leaves.
    void left(Packet packet) {
        begun = true;
        begunTimestamp = timestampOf(packet);
    }

    /// Frames of it are dropped: nothing more is taken for a while, which is longer each time.
    void cut(long nowNs) {
        if (cut) {
            return;
        }
        if (nowNs - pausedUntilNs > FORGIVEN_NS) {
            pauseNs = FIRST_PAUSE_NS;
        }
        cut = true;
        pausedUntilNs = nowNs + pauseNs;
        pauseNs = Math.min(2 * pauseNs, PAUSE_MAX_NS);
    }

    /// The frame that has begun is given up as well.
    void abandon() {
        begun = false;
    }

    boolean isCut() {
        return cut;
    }

    boolean pauses(long nowNs) {
        return nowNs < pausedUntilNs;
    }

    /// It is cut, and something of it was to be sent.
    void missed(long nowNs) {
        missedUntilNs = nowNs + MISSED_NS;
    }

    boolean isMissed(long nowNs) {
        return cut && nowNs < missedUntilNs;
    }

    void resume() {
        cut = false;
    }

    /// The packet is not taken, and neither is the rest of its frame.
    void refuse(Packet packet) {
        refused = true;
        refusedTimestamp = timestampOf(packet);
    }

    boolean wasRefused(Packet packet) {
        return refused && timestampOf(packet) == refusedTimestamp;
    }
}
