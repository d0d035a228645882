package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;

/// Bounds the answers to NACKs: each packet a few times, and not twice within the time that an answer needs.
final class Resends {
    /// An answer sent a moment ago is still on its way.
    private static final long ON_ITS_WAY_NS = 20_000_000;

    private static final int SIZE = 1024;

    private final long[] indices = new long[SIZE];
    private final long[] sentNs = new long[SIZE];
    private final byte[] counts = new byte[SIZE];
    private final int resendsMax;

    Resends(Limits limits) {
        resendsMax = limits.resendsPerPacket();
    }

    boolean allow(long index, long nowNs) {
        int slot = (int) index & SIZE - 1;
        if (indices[slot] != index) {
            indices[slot] = index;
            counts[slot] = 0;
        } else if (counts[slot] >= resendsMax || nowNs - sentNs[slot] < ON_ITS_WAY_NS) {
            return false;
        }
        counts[slot]++;
        sentNs[slot] = nowNs;
        return true;
    }
}
