package dev.parley.sfu.sctp.tx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What waits on one stream, and the numbers of its messages. One loop's thread.
final class OutgoingStream implements Comparable<OutgoingStream> {
    /// Of a stream whose priority nobody said, RFC 8831 §6.4.
    private static final int NORMAL_PRIORITY = 256;

    private static final long UNWATCHED = -1;

    /// A byte on a stream of the lowest priority moves its turn by so much.
    private static final long SHARE = 1L << 16;

    final int id;
    private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();
    private int priority = NORMAL_PRIORITY;
    private int nextOrdered;
    private int nextUnordered;
    private long unsentBytes;
    private long lowThreshold = UNWATCHED;

    /// When it is its turn, in bytes that streams of equal priority would have sent.
    long turn;

    boolean scheduled;

    OutgoingStream(int id) {
        this.id = id;
    }

    void priority(int newPriority) {
        priority = Math.max(1, newPriority);
    }

    void lowThreshold(long bytes) {
        lowThreshold = bytes;
    }

    long unsentBytes() {
        return unsentBytes;
    }

    @Nullable
    OutgoingMessage head() {
        return waiting.peek();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(OutgoingMessage message) {
        waiting.add(message);
        unsentBytes += message.payload.length();
    }

    /// Numbers the head when its first fragment leaves.
    void number(OutgoingMessage message, boolean interleaved) {
        if (message.unordered) {
            message.number = interleaved ? nextUnordered++ : 0;
        } else {
            message.number = interleaved ? nextOrdered++ : nextOrdered++ & 0xffff;
        }
    }

    /// So many bytes of the head have left; true when that brought the rest down to the threshold.
    boolean sent(int bytes) {
        turn += bytes * SHARE / priority;
        return taken(bytes);
    }

    /// The head is whole, or given up; true as for `sent`.
    boolean removeHead() {
        OutgoingMessage head = waiting.remove();
        return taken(head.unsentBytes());
    }

    private boolean taken(int bytes) {
        long before = unsentBytes;
        unsentBytes -= bytes;
        return before > lowThreshold && unsentBytes <= lowThreshold;
    }

    /// Takes out what has expired before it began; the first may have begun.
    List<OutgoingMessage> removeExpired(long nowNs) {
        List<OutgoingMessage> expired = new ArrayList<>();
        for (OutgoingMessage message : waiting) {
            if (!message.begun() && message.expired(nowNs)) {
                expired.add(message);
                unsentBytes -= message.unsentBytes();
            }
        }
        waiting.removeAll(Set.copyOf(expired));
        return expired;
    }

    /// The numbers begin again.
    void reset() {
        nextOrdered = 0;
        nextUnordered = 0;
    }

    @Override
    public int compareTo(OutgoingStream other) {
        int byTurn = Long.compare(turn, other.turn);
        return byTurn != 0 ? byTurn : Integer.compare(id, other.id);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
