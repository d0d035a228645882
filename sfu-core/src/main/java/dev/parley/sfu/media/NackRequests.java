package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;

/// The packets of one encoding that have not come: asked for soon after the gap shows, again when the answer would have
/// come, and given up after a few times. Says when a key frame is the cheaper repair.
public final class NackRequests {
    /// What reordering on the way usually takes; asking earlier asks for packets that are about to come.
    private static final long REORDER_NS = 8_000_000;

    /// However near the publisher is, it gets so long to answer the first time, and twice as long each further time: a
    /// few asks outlast a short outage. A far one's round trip is longer than that.
    private static final long AGAIN_NS = 20_000_000;

    /// A silence in which packets were lost is an outage: browsers keep what they sent for a second.
    static final long OUTAGE_NS = 2_000_000_000L;

    /// Where the numbers to ask for go.
    public interface Asker {
        void ask(long seqIndex);
    }

    private final long[] missing;
    private final long[] nextNs;
    private final byte[] asks;
    private final int asksMax;
    private long highest = -1;
    private long receivedNs;
    private int size;
    private boolean beyondRepair;

    public NackRequests(Limits limits) {
        missing = new long[limits.missingPerTrack()];
        nextNs = new long[limits.missingPerTrack()];
        asks = new byte[limits.missingPerTrack()];
        asksMax = limits.nacksPerPacket();
    }

    public void received(long seqIndex, long nowNs) {
        if (highest < 0) {
            highest = seqIndex;
        } else if (seqIndex <= highest) {
            found(seqIndex);
        } else {
            gap(highest + 1, seqIndex, nowNs);
            highest = seqIndex;
        }
        receivedNs = nowNs;
    }

    /// Asks for all that is due.
    ///
    /// @return whether something was given up since the last call, so that only a key frame helps
    public boolean ask(long nowNs, long roundTripNs, Asker asker) {
        boolean hopeless = beyondRepair;
        beyondRepair = false;
        for (int i = size - 1; i >= 0; i--) {
            if (nextNs[i] > nowNs) {
                continue;
            }
            if (asks[i] >= asksMax) {
                remove(i);
                hopeless = true;
            } else {
                asker.ask(missing[i]);
                nextNs[i] = nowNs + Math.max(roundTripNs + REORDER_NS, AGAIN_NS << asks[i]);
                asks[i]++;
            }
        }
        return hopeless;
    }

    public long nextTimeNs() {
        long next = beyondRepair ? 0 : Deadlines.NEVER;
        for (int i = 0; i < size; i++) {
            next = Math.min(next, nextNs[i]);
        }
        return next;
    }

    public int missing() {
        return size;
    }

    /// Whether the packet with this number on the wire has not come.
    boolean misses(int seq) {
        for (int i = 0; i < size; i++) {
            if ((missing[i] & 0xffff) == seq) {
                return true;
            }
        }
        return false;
    }

    private void gap(long from, long to, long nowNs) {
        boolean outage = from < to && nowNs - receivedNs > OUTAGE_NS;
        if (outage || to - from > missing.length - size) {
            size = 0;
            beyondRepair = true;
            return;
        }
        for (long index = from; index < to; index++) {
            missing[size] = index;
            nextNs[size] = nowNs + REORDER_NS;
            asks[size++] = 0;
        }
    }

    /// The packet needs no asking any more.
    void found(long seqIndex) {
        for (int i = 0; i < size; i++) {
            if (missing[i] == seqIndex) {
                remove(i);
                return;
            }
        }
    }

    private void remove(int place) {
        size--;
        missing[place] = missing[size];
        nextNs[place] = nextNs[size];
        asks[place] = asks[size];
    }
}
