package dev.parley.sfu.sctp.tx;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.sctp.packet.Payload;

/// A message on its way out, from the queue until each of its fragments was acknowledged or given up. One loop's
/// thread.
public final class OutgoingMessage {
    /// What one costs beside its bytes; a peer that takes nothing could be sent empty ones without end.
    static final int OVERHEAD_BYTES = 128;

    public static final int ENDLESS = Integer.MAX_VALUE;

    final int stream;
    final int ppid;
    final Payload payload;
    final boolean unordered;
    final int retransmissionsMax;
    final long expiresNs;

    /// Given with the first fragment.
    int number;

    int fragments;
    int sentBytes;

    /// Where its chunks lie; with I-DATA those of others lie between.
    long firstTsn;

    long lastTsn;

    /// Chunks that the cumulative acknowledgement has not reached.
    int unsettled;

    boolean abandoned;

    /// @param retransmissionsMax of each fragment; `ENDLESS` without a limit
    /// @param expiresNs nothing is sent any more from then on; `Deadlines.NEVER` without a limit
    public OutgoingMessage(
            int stream, int ppid, Payload payload, boolean unordered, int retransmissionsMax, long expiresNs) {
        this.stream = stream;
        this.ppid = ppid;
        this.payload = payload;
        this.unordered = unordered;
        this.retransmissionsMax = retransmissionsMax;
        this.expiresNs = expiresNs;
    }

    boolean begun() {
        return fragments > 0;
    }

    int unsentBytes() {
        return payload.length() - sentBytes;
    }

    boolean expired(long nowNs) {
        return expiresNs != Deadlines.NEVER && nowNs >= expiresNs;
    }

    int cost() {
        return payload.length() + OVERHEAD_BYTES;
    }
}
