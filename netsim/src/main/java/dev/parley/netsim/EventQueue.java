package dev.parley.netsim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Events in the order in which they happen: by time, and at one time in the order of scheduling. One thread.
final class EventQueue {
    static final long NEVER = Long.MAX_VALUE;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long scheduled;

    Event at(long atNs, Runnable action) {
        Event event = new Event(atNs, scheduled++, action);
        events.add(event);
        return event;
    }

    /// When the next event is due, or `NEVER`.
    long nextNs() {
        Event next = peek();
        return next == null ? NEVER : next.atNs();
    }

    /// Takes out the next event that is due at `nowNs`, or null.
    @Nullable
    Event pollDue(long nowNs) {
        Event next = peek();
        return next == null || next.atNs() > nowNs ? null : events.poll();
    }

    /// Cancelled events that have not come up yet are counted as well.
    int size() {
        return events.size();
    }

    private @Nullable Event peek() {
        Event next = events.peek();
        while (next != null && next.cancelled()) {
            events.poll();
            next = events.peek();
        }
        return next;
    }
}
