package dev.parley.signaling.app;

import dev.parley.signaling.rooms.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The timeline of real time: one thread for all rooms. Nothing on it waits, so that it has time for thousands of
/// events in a second; media never passes it.
final class RoomsThread implements Timeline, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomsThread.class);

    private final ScheduledThreadPoolExecutor executor;

    RoomsThread() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("rooms").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public Instant wallClock() {
        return Instant.now();
    }

    @Override
    public void run(Runnable command) {
        try {
            executor.execute(() -> guarded(command));
        } catch (RejectedExecutionException e) {
            LOG.debug("said after the end", e);
        }
    }

    @Override
    public Cancel after(Duration delay, Runnable command) {
        var timer = executor.schedule(() -> guarded(command), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    /// A fault in one room is that room's alone.
    private static void guarded(Runnable command) {
        try {
            command.run();
        } catch (RuntimeException e) {
            LOG.error("a room's command failed", e);
        }
    }

    /// For who watches it: what waits there waits as long as any event of a room.
    Executor executor() {
        return executor;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
