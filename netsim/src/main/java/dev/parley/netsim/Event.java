package dev.parley.netsim;

/// Something that happens at a time, once, unless it is cancelled before. One thread.
public final class Event implements Comparable<Event> {
    private final long atNs;
    private final long order;
    private final Runnable action;
    private boolean cancelled;

    Event(long atNs, long order, Runnable action) {
        this.atNs = atNs;
        this.order = order;
        this.action = action;
    }

    public long atNs() {
        return atNs;
    }

    public void cancel() {
        cancelled = true;
    }

    long order() {
        return order;
    }

    boolean cancelled() {
        return cancelled;
    }

    void happen() {
        action.run();
    }

    /// Earlier first; at the same time, scheduled earlier first. No two events are equal.
    @Override
    public int compareTo(Event other) {
        return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(order, other.order);
    }
}
