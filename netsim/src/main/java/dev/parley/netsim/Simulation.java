package dev.parley.netsim;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A world in virtual time: events happen one after the other, the clock jumps from one to the next, and everything
/// follows from the seed. Each event is folded into a trace hash, so that two runs of one seed can be compared.
/// An exception of an event ends the run with the seed and the time in its message. One thread.
public final class Simulation {
    /// So many events without any time passing are a loop without an end.
    private static final int EVENTS_PER_INSTANT_MAX = 1_000_000;

    private static final long START_NS = 3_600_000_000_000L;

    private final long seed;
    private final SplittableRandom seeds;
    private final VirtualClock clock = new VirtualClock(START_NS);
    private final EventQueue queue = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private long happened;
    private boolean stopped;

    public Simulation(long seed) {
        this.seed = seed;
        this.seeds = new SplittableRandom(seed);
        trace.fold(seed);
    }

    public long seed() {
        return seed;
    }

    public VirtualClock clock() {
        return clock;
    }

    public long nowNs() {
        return clock.nowNs();
    }

    /// Virtual time since the start.
    public long elapsedNs() {
        return clock.nowNs() - START_NS;
    }

    /// A seed of its own for each part of the world, so that a part that draws more does not change the others.
    public long nextSeed() {
        return seeds.nextLong();
    }

    /// What is asked for the past happens now, after everything that was scheduled for now before.
    public Event at(long atNs, Runnable action) {
        return queue.at(Math.max(atNs, clock.nowNs()), action);
    }

    public Event after(long delayNs, Runnable action) {
        return at(clock.nowNs() + delayNs, action);
    }

    /// Again and again, first after one period, until the run ends or `action` throws.
    public void every(long periodNs, Runnable action) {
        if (periodNs <= 0) {
            throw new IllegalArgumentException("period " + periodNs);
        }
        after(periodNs, () -> {
            action.run();
            every(periodNs, action);
        });
    }

    /// Lets everything happen that is due within `durationNs`; then the clock stands at the end of it.
    public void run(long durationNs) {
        long endNs = clock.nowNs() + durationNs;
        if (runEvents(endNs)) {
            clock.advanceTo(endNs);
        }
    }

    /// Lets everything happen until nothing is left, at most for `durationNs`.
    public void runUntilQuiet(long durationNs) {
        runEvents(clock.nowNs() + durationNs);
    }

    /// Called by an event: the run ends after it.
    public void stop() {
        stopped = true;
    }

    /// Folds something that the events' times alone do not show into the trace.
    public void trace(long value) {
        trace.fold(value);
    }

    public void trace(byte[] bytes, int from, int length) {
        trace.fold(bytes, from, length);
    }

    /// The same for two runs of one seed, or something in them does not follow from the seed.
    public long traceHash() {
        return trace.value();
    }

    public long eventsHappened() {
        return happened;
    }

    @Override
    public String toString() {
        return "seed " + seed + " (repeat with -Dparley.seed=" + seed + ") after " + elapsedNs() / 1e9 + " s";
    }

    /// False when an event stopped the run.
    private boolean runEvents(long endNs) {
        stopped = false;
        int atOnce = 0;
        for (@Nullable Event event = queue.pollDue(endNs); event != null; event = queue.pollDue(endNs)) {
            atOnce = event.atNs() == clock.nowNs() ? atOnce + 1 : 0;
            if (atOnce > EVENTS_PER_INSTANT_MAX) {
                throw new AssertionError(this + ": time stands still after " + atOnce + " events");
            }
            happen(event);
            if (stopped) {
                return false;
            }
        }
        return true;
    }

    private void happen(Event event) {
        clock.advanceTo(event.atNs());
        trace.fold(event.atNs());
        trace.fold(event.order());
        happened++;
        try {
            event.happen();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(this + ": " + e, e);
        }
    }
}
