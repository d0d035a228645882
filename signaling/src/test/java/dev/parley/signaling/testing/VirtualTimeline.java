package dev.parley.signaling.testing;

import dev.parley.signaling.rooms.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A timeline whose time is the test's: commands run when `settle` or `pass` is called. Used by one thread.
public final class VirtualTimeline implements Timeline {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNs).thenComparingLong(Timer::number));
    private long nowNs;
    private long made;

    private record Timer(long atNs, long number, Runnable command) {}

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public Instant wallClock() {
        return START.plusNanos(nowNs);
    }

    @Override
    public void run(Runnable command) {
        commands.add(command);
    }

    @Override
    public Cancel after(Duration delay, Runnable command) {
        Timer timer = new Timer(nowNs + delay.toNanos(), made++, command);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /// Runs what is due now.
    public void settle() {
        for (Runnable next = commands.poll(); next != null; next = commands.poll()) {
            next.run();
        }
    }

    public void pass(Duration time) {
        long untilNs = nowNs + time.toNanos();
        settle();
        while (!timers.isEmpty() && timers.peek().atNs() <= untilNs) {
            Timer due = timers.remove();
            nowNs = due.atNs();
            due.command().run();
            settle();
        }
        nowNs = untilNs;
    }

    public int timers() {
        return timers.size();
    }
}
