package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.sctp.tx.RetransmissionTimeout;

/// Notices a peer that lives but does not take what waits for it: nothing at all for a while, or so little that the
/// buffer stayed full for as long. One that is not heard of is not stuck but away, which others notice. One loop's
/// thread.
final class StuckPeer {
    /// A peer that lives answers at least each repetition.
    private static final long HEARD_NS = 2 * RetransmissionTimeout.MOST_NS;

    private static final long ASK_AGAIN_NS = 1_000_000_000;

    private final long afterNs;
    private final long bufferBytes;
    private long heardNs = Long.MIN_VALUE / 2;
    private long fullSinceNs = Deadlines.NEVER;
    private long notBeforeNs;
    private boolean told;

    StuckPeer(long afterNs, long bufferBytes) {
        this.afterNs = afterNs;
        this.bufferBytes = bufferBytes;
    }

    void heard(long nowNs) {
        heardNs = nowNs;
    }

    /// A message found no room.
    void refused(long nowNs) {
        if (fullSinceNs == Deadlines.NEVER) {
            fullSinceNs = nowNs;
        }
    }

    /// The peer has taken something: when half of the buffer is free, it has not stayed full.
    void taken(long waitingBytes) {
        if (waitingBytes < bufferBytes / 2) {
            fullSinceNs = Deadlines.NEVER;
        }
    }

    long nextTimeNs(long waitingBytes, long progressNs) {
        if (told || waitingBytes == 0) {
            return Deadlines.NEVER;
        }
        return Math.max(notBeforeNs, since(progressNs) + afterNs);
    }

    private long since(long progressNs) {
        return fullSinceNs == Deadlines.NEVER ? progressNs : Math.min(fullSinceNs, progressNs);
    }

    /// True once.
    boolean isStuck(long waitingBytes, long progressNs, long nowNs) {
        taken(waitingBytes);
        if (nowNs < nextTimeNs(waitingBytes, progressNs)) {
            return false;
        }
        notBeforeNs = nowNs + ASK_AGAIN_NS;
        told = nowNs - heardNs <= HEARD_NS;
        return told;
    }
}
