package dev.parley.sfu.dtls;

import java.util.concurrent.atomic.AtomicInteger;

/// How many handshakes have a thread at this moment; one object for the whole process. Thread-safe.
public final class HalfOpenHandshakes {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    public HalfOpenHandshakes(int max) {
        this.max = max;
    }

    public int count() {
        return open.get();
    }

    boolean enter() {
        return open.getAndUpdate(count -> count < max ? count + 1 : count) < max;
    }

    void leave() {
        open.decrementAndGet();
    }
}
