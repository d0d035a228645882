package dev.parley.signaling.rooms;

import java.time.Duration;
import java.time.Instant;

/// The one line of events on which everything of all rooms happens: no room needs a lock, and a test runs an hour of it
/// in a moment. Commands run one after the other in the order of `run`; a command that throws hurts only itself.
public interface Timeline {
    long nowNs();

    /// For what people read; never for measuring.
    Instant wallClock();

    /// From any thread.
    void run(Runnable command);

    /// Runs `command` after `delay` unless it was cancelled. On the timeline only.
    Cancel after(Duration delay, Runnable command);

    /// Takes a timer back; idempotent.
    @FunctionalInterface
    interface Cancel {
        Cancel NOTHING = () -> {};

        void cancel();
    }
}
