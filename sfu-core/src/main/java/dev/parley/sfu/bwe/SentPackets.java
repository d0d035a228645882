package dev.parley.sfu.bwe;

import dev.parley.sfu.base.SeqUnwrapper;

/// The packets that were sent with a transport-wide number and may still be reported: a ring that grows while packets
/// would be forgotten before their report can be there. One loop's thread; allocates only when it grows.
final class SentPackets {
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 256;
    /// A report that takes longer is not waited for.
    private static final long REMEMBERED_NS = 3_000_000_000L;

    private static final int UNKNOWN = 0;
    private static final int SENT = 1;
    private static final int LOST = 2;
    private static final int RECEIVED = 3;

    private final int capacityMax;
    private final SeqUnwrapper unwrapper = new SeqUnwrapper();
    private long[] sentNs = new long[FIRST_CAPACITY];
    private int[] sizes = new int[FIRST_CAPACITY];
    private int[] clusters = new int[FIRST_CAPACITY];
    private byte[] states = new byte[FIRST_CAPACITY];
    private long highest = -1;

    /// @param capacityMax a power of two
    SentPackets(int capacityMax) {
        this.capacityMax = capacityMax;
    }

    /// @param cluster of the probe that it is part of, or 0
    void sent(int seq, int bytes, int cluster, long nowNs) {
        long index = unwrapper.unwrap(seq);
        if (highest < 0) {
            highest = index - 1;
        }
        if (index <= highest) {
            return; // numbers only go up; whoever repeats one gets no report for it
        }
        growFor(index, nowNs);
        long from = Math.max(highest + 1, index - states.length + 1);
        for (long skipped = from; skipped < index; skipped++) {
            states[slot(skipped)] = UNKNOWN;
        }
        highest = index;
        int slot = slot(index);
        sentNs[slot] = nowNs;
        sizes[slot] = bytes;
        clusters[slot] = cluster;
        states[slot] = SENT;
    }

    /// Where a packet is remembered; `NONE` for one that was never sent or is forgotten.
    int find(int seq) {
        if (highest < 0) {
            return NONE;
        }
        long index = unwrapper.peek(seq);
        int slot = slot(index);
        return index > highest || index <= highest - states.length || states[slot] == UNKNOWN ? NONE : slot;
    }

    /// @return false when it was reported before
    boolean markReceived(int slot) {
        boolean first = states[slot] != RECEIVED;
        states[slot] = RECEIVED;
        return first;
    }

    /// @return false when it was reported before
    boolean markLost(int slot) {
        boolean first = states[slot] == SENT;
        if (first) {
            states[slot] = LOST;
        }
        return first;
    }

    boolean wasLost(int slot) {
        return states[slot] == LOST;
    }

    long sentNs(int slot) {
        return sentNs[slot];
    }

    int bytes(int slot) {
        return sizes[slot];
    }

    int cluster(int slot) {
        return clusters[slot];
    }

    boolean isNewest(int slot) {
        return highest >= 0 && slot(highest) == slot;
    }

    int capacity() {
        return states.length;
    }

    private void growFor(long index, long nowNs) {
        int slot = slot(index);
        while (states.length < capacityMax && states[slot] == SENT && nowNs - sentNs[slot] < REMEMBERED_NS) {
            grow();
            slot = slot(index);
        }
    }

    private void grow() {
        int before = states.length;
        long[] oldSentNs = sentNs;
        int[] oldSizes = sizes;
        int[] oldClusters = clusters;
        byte[] oldStates = states;
        sentNs = new long[before * 2];
        sizes = new int[before * 2];
        clusters = new int[before * 2];
        states = new byte[before * 2];
        for (long index = highest - before + 1; index <= highest; index++) {
            int from = (int) index & before - 1;
            int to = slot(index);
            sentNs[to] = oldSentNs[from];
            sizes[to] = oldSizes[from];
            clusters[to] = oldClusters[from];
            states[to] = oldStates[from];
        }
    }

    private int slot(long index) {
        return (int) index & states.length - 1;
    }
}
