package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;

/// Bounds the answers to NACKs for one packet: a few, each only when the one before would have arrived and been missed,
/// which takes a round trip. Where that is short each waits twice as long as the one before, so that the few outlast a
/// short outage.
final class Resends {
    /// However near a viewer is, it looks for what is missing no oftener than this.
    private static final long WAIT_MIN_NS = 20_000_000;

    /// However far it says it is: what is older than the history is not there anyway.
    private static final long ROUND_TRIP_MAX_NS = 250_000_000;

    /// Its measure of the round trip may be a little shorter than ours.
    private static final int TOLERANCE = 8;

    private static final int SIZE = 1024;

    private final long[] indices = new long[SIZE];
    private final long[] nextNs = new long[SIZE];
    private final byte[] counts = new byte[SIZE];
    private final int resendsMax;

    Resends(Limits limits) {
        resendsMax = limits.resendsPerPacket();
    }

    /// Whether the packet may be sent again now.
    boolean due(long index, long nowNs) {
        int slot = slot(index);
        return indices[slot] != index || (counts[slot] < resendsMax && nowNs >= nextNs[slot]);
    }

    /// It is sent again.
    ///
    /// @param roundTripNs 0 when it is not known
    void answered(long index, long roundTripNs, long nowNs) {
        int slot = slot(index);
        if (indices[slot] != index) {
            indices[slot] = index;
            counts[slot] = 0;
        }
        long waitNs = Math.min(roundTripNs, ROUND_TRIP_MAX_NS);
        nextNs[slot] = nowNs + Math.max(waitNs - waitNs / TOLERANCE, WAIT_MIN_NS << counts[slot]);
        counts[slot]++;
    }

    private static int slot(long index) {
        return (int) index & SIZE - 1;
    }
}
