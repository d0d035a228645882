package dev.parley.sfu.sctp.tx;

/// How many bytes may be under way, [RFC 9260 §7.2](https://www.rfc-editor.org/rfc/rfc9260#section-7.2): slow start,
/// congestion avoidance, fast recovery, and what a timeout leaves. One loop's thread.
final class CongestionWindow {
    private static final int FIRST_PACKETS = 10;
    private static final int LEAST_PACKETS = 4;

    /// Packets by which one acknowledgement may widen it in slow start: each stands for two, RFC 3465.
    private static final int STEP_PACKETS = 2;

    private static final long NO_RECOVERY = Long.MIN_VALUE;

    private final int packetBytes;
    private final long mostBytes;
    private long bytes;
    private long slowStartBelow;
    private long partialBytes;
    private long recoveryUntil = NO_RECOVERY;

    /// @param mostBytes more than fits the send buffer cannot be under way
    CongestionWindow(int packetBytes, long mostBytes) {
        this.packetBytes = packetBytes;
        this.mostBytes = mostBytes;
        bytes = (long) FIRST_PACKETS * packetBytes;
        slowStartBelow = Long.MAX_VALUE;
    }

    long bytes() {
        return bytes;
    }

    boolean isSlowStart() {
        return bytes < slowStartBelow;
    }

    boolean isRecovering() {
        return recoveryUntil != NO_RECOVERY;
    }

    /// Something new was acknowledged.
    ///
    /// @param advanced that the cumulative TSN moved
    /// @param wasUsed that the window, not the sender, was the limit
    void acknowledged(long ackedBytes, boolean advanced, boolean wasUsed) {
        if (isRecovering() || !wasUsed) {
            return;
        }
        if (isSlowStart()) {
            if (advanced) {
                bytes += Math.min(ackedBytes, (long) STEP_PACKETS * packetBytes);
            }
        } else {
            partialBytes += ackedBytes;
            if (partialBytes >= bytes) {
                partialBytes -= bytes;
                bytes += packetBytes;
            }
        }
        bytes = Math.min(bytes, mostBytes);
    }

    /// Packets were lost; false when that is already known.
    ///
    /// @param lastSent recovery lasts until this TSN is acknowledged
    boolean lost(long lastSent) {
        if (isRecovering()) {
            return false;
        }
        slowStartBelow = Math.max(bytes / 2, least());
        bytes = slowStartBelow;
        partialBytes = 0;
        recoveryUntil = lastSent;
        return true;
    }

    void cumulative(long tsnIndex) {
        if (isRecovering() && tsnIndex >= recoveryUntil) {
            recoveryUntil = NO_RECOVERY;
        }
    }

    void timedOut() {
        slowStartBelow = Math.max(bytes / 2, least());
        bytes = packetBytes;
        partialBytes = 0;
        recoveryUntil = NO_RECOVERY;
    }

    /// Nothing was sent for a timeout: what was known of the network may no longer be true, §7.2.1.
    void idle() {
        bytes = Math.max(bytes / 2, least());
    }

    private long least() {
        return (long) LEAST_PACKETS * packetBytes;
    }
}
