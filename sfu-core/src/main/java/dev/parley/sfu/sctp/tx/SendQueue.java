package dev.parley.sfu.sctp.tx;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Messages that wait, and whose turn it is: streams share by their priorities (weighted fair queueing). With I-DATA
/// they take turns after each fragment, RFC 8260 §3; without, a message that has begun is sent to its end. What waits
/// and what is under way never costs more than a limit together. One loop's thread.
public final class SendQueue {
    private final int limitBytes;
    private final IntConsumer onLow;
    private final Map<Integer, OutgoingStream> streams = new HashMap<>();
    private final PriorityQueue<OutgoingStream> ready = new PriorityQueue<>();
    private boolean interleaved;
    private @Nullable OutgoingStream unfinished;
    private long turn;
    private long cost;
    private long unsentBytes;

    /// @param limitBytes what all messages together may cost
    /// @param onLow told a stream whose unsent bytes have fallen to its threshold
    public SendQueue(int limitBytes, IntConsumer onLow) {
        this.limitBytes = limitBytes;
        this.onLow = onLow;
    }

    /// Known when the association is up, before anything has left.
    void interleaved(boolean both) {
        interleaved = both;
    }

    boolean interleaved() {
        return interleaved;
    }

    /// False when there is no room for it, even without what has expired while it waited.
    public boolean add(OutgoingMessage message, long nowNs) {
        if (cost + message.cost() > limitBytes) {
            dropExpired(nowNs);
        }
        if (cost + message.cost() > limitBytes) {
            return false;
        }
        cost += message.cost();
        unsentBytes += message.payload.length();
        OutgoingStream stream = stream(message.stream);
        stream.add(message);
        schedule(stream);
        return true;
    }

    /// What all messages cost, those under way included.
    public long cost() {
        return cost;
    }

    public boolean isEmpty() {
        return ready.isEmpty();
    }

    public long unsentBytes() {
        return unsentBytes;
    }

    public long unsentBytes(int stream) {
        OutgoingStream known = streams.get(stream);
        return known == null ? 0 : known.unsentBytes();
    }

    public boolean isEmpty(int stream) {
        OutgoingStream known = streams.get(stream);
        return known == null || known.isEmpty();
    }

    public void priority(int stream, int priority) {
        stream(stream).priority(priority);
    }

    public void lowThreshold(int stream, long bytes) {
        stream(stream).lowThreshold(bytes);
    }

    /// The stream begins again with number 0.
    public void reset(int stream) {
        OutgoingStream known = streams.get(stream);
        if (known != null && known.isEmpty()) {
            streams.remove(stream);
        } else if (known != null) {
            known.reset();
        }
    }

    /// The message whose fragment is next; those whose time is over before they began are gone.
    @Nullable
    OutgoingMessage next(long nowNs) {
        while (true) {
            OutgoingStream stream = unfinished == null ? ready.peek() : unfinished;
            OutgoingMessage head = stream == null ? null : stream.head();
            if (stream == null || head == null) {
                return null;
            }
            if (head.begun() || !head.expired(nowNs)) {
                return head;
            }
            remove(stream, head);
            settled(head);
        }
    }

    /// A fragment of the message that `next` gave has left.
    void sent(OutgoingMessage head, int bytes) {
        OutgoingStream stream = stream(head.stream);
        if (!head.begun()) {
            stream.number(head, interleaved);
        }
        head.fragments++;
        head.sentBytes += bytes;
        unsentBytes -= bytes;
        ready.remove(stream);
        stream.scheduled = false;
        turn = stream.turn;
        boolean low = stream.sent(bytes);
        if (head.unsentBytes() == 0) {
            low |= stream.removeHead();
            unfinished = null;
        } else if (!interleaved) {
            unfinished = stream;
        }
        schedule(stream);
        tell(stream, low);
    }

    /// A message that has begun is given up: what has not left never will.
    void discard(OutgoingMessage message) {
        OutgoingStream stream = stream(message.stream);
        if (stream.head() == message) {
            remove(stream, message);
        }
    }

    /// Nothing of this message is wanted any more.
    void settled(OutgoingMessage message) {
        cost -= message.cost();
    }

    private void dropExpired(long nowNs) {
        for (OutgoingStream stream : streams.values()) {
            for (OutgoingMessage message : stream.removeExpired(nowNs)) {
                unsentBytes -= message.unsentBytes();
                settled(message);
            }
            if (stream.isEmpty() && stream.scheduled) {
                ready.remove(stream);
                stream.scheduled = false;
            }
        }
    }

    private void remove(OutgoingStream stream, OutgoingMessage head) {
        if (unfinished == stream) {
            unfinished = null;
        }
        unsentBytes -= head.unsentBytes();
        boolean low = stream.removeHead();
        if (stream.isEmpty()) {
            ready.remove(stream);
            stream.scheduled = false;
        }
        tell(stream, low);
    }

    private void tell(OutgoingStream stream, boolean low) {
        if (low) {
            onLow.accept(stream.id);
        }
    }

    private void schedule(OutgoingStream stream) {
        if (!stream.scheduled && !stream.isEmpty()) {
            stream.turn = Math.max(stream.turn, turn);
            stream.scheduled = true;
            ready.add(stream);
        }
    }

    private OutgoingStream stream(int id) {
        return streams.computeIfAbsent(id, OutgoingStream::new);
    }
}
