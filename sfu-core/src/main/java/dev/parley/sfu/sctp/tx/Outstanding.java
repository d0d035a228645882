package dev.parley.sfu.sctp.tx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Chunks with a TSN that the cumulative acknowledgement has not reached, as a ring by TSN. One loop's thread.
final class Outstanding {
    private @Nullable SentChunk[] ring = new SentChunk[64];
    private long first;
    private long next;

    Outstanding(long firstTsn) {
        first = firstTsn;
        next = firstTsn;
    }

    /// The TSN that the next chunk gets.
    long next() {
        return next;
    }

    /// The lowest TSN that is not acknowledged.
    long first() {
        return first;
    }

    boolean isEmpty() {
        return first == next;
    }

    int size() {
        return (int) (next - first);
    }

    @Nullable
    SentChunk get(long tsnIndex) {
        return tsnIndex < first || tsnIndex >= next ? null : ring[place(tsnIndex)];
    }

    void add(SentChunk chunk) {
        if (size() == ring.length) {
            grow();
        }
        ring[place(next++)] = chunk;
    }

    @Nullable
    SentChunk removeFirst() {
        int place = place(first++);
        SentChunk chunk = ring[place];
        ring[place] = null;
        return chunk;
    }

    private void grow() {
        @Nullable SentChunk[] old = ring;
        @Nullable SentChunk[] larger = Arrays.copyOf(ring, ring.length * 2);
        Arrays.fill(larger, null);
        for (long tsn = first; tsn < next; tsn++) {
            larger[(int) tsn & larger.length - 1] = old[(int) tsn & old.length - 1];
        }
        ring = larger;
    }

    private int place(long tsnIndex) {
        return (int) tsnIndex & ring.length - 1;
    }
}
