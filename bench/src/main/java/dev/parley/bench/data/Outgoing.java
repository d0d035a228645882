package dev.parley.bench.data;

/// Which messages of one transfer are still to be sent. On the sender's thread.
final class Outgoing {
    /// What may wait on a channel: enough that it never runs dry, little enough that nobody refuses it.
    static final int WAITING_BYTES_MAX = 256 * 1024;

    private final Numbered messages;
    private final int count;
    private int next;

    Outgoing(Numbered messages, int count) {
        this.messages = messages;
        this.count = count;
    }

    static Outgoing nothing() {
        return new Outgoing(Numbered.of(Integer.BYTES), 0);
    }

    boolean more() {
        return next < count;
    }

    byte[] shared() {
        return messages.shared();
    }

    /// The part of the next message that is its own.
    byte[] own() {
        return messages.number(next);
    }

    /// The next message was taken.
    void taken() {
        next++;
    }
}
