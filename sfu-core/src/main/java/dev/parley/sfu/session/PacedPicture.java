package dev.parley.sfu.session;

import java.util.concurrent.TimeUnit;

/// One stream of pictures as the queue before its line sees it. Plain state of `PictureQueue`, on one loop.
final class PacedPicture {
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MAX_NS = TimeUnit.SECONDS.toNanos(4);

    /// A stream that went well for so long begins anew with the shortest pause.
    private static final long FORGIVEN_NS = TimeUnit.SECONDS.toNanos(10);

    /// Nobody misses a stream whose source has not sent for so long.
    private static final long MISSED_NS = TimeUnit.SECONDS.toNanos(2);

    final int ssrc;
    /// Of it, waiting.
    int bytes;
    /// Whether the last packet that was added had others of its picture to follow.
    boolean withinPicture;

    private boolean begun;
    private int begunTimestamp;
    private boolean paused;
    private long pauseNs = FIRST_PAUSE_NS;
    private long pausedUntilNs = Long.MIN_VALUE / 2;
    private long missedUntilNs = Long.MIN_VALUE;

    PacedPicture(int ssrc) {
        this.ssrc = ssrc;
    }

    /// A packet of it leaves.
    void left(Waiting packet) {
        begun = true;
        begunTimestamp = packet.timestamp();
    }

    /// Whether a part of the packet's picture has left.
    boolean hasBegun(Waiting packet) {
        return begun && packet.timestamp() == begunTimestamp;
    }

    boolean paused() {
        return paused;
    }

    /// Nothing more is taken for a while, which is longer each time.
    void pause(long nowNs) {
        if (nowNs - pausedUntilNs > FORGIVEN_NS) {
            pauseNs = FIRST_PAUSE_NS;
        }
        paused = true;
        withinPicture = false;
        pausedUntilNs = nowNs + pauseNs;
        pauseNs = Math.min(2 * pauseNs, PAUSE_MAX_NS);
    }

    boolean mayResume(long nowNs) {
        return nowNs >= pausedUntilNs;
    }

    void resume() {
        paused = false;
    }

    /// It is paused, and something of it was to be sent.
    void missed(long nowNs) {
        missedUntilNs = nowNs + MISSED_NS;
    }

    boolean isMissed(long nowNs) {
        return paused && nowNs < missedUntilNs;
    }
}
