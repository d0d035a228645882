package dev.parley.sfu.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Watches event loops: how long each lets others wait, how often longer than 100 ms, and, in the log, what it was
/// doing then. Callable from any thread; it has one of its own.
public final class LoopWatchdog implements AutoCloseable {
    static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<WatchedLoop> loops = new CopyOnWriteArrayList<>();
    private final LongSupplier clock;
    private final Thread thread;
    private long lastTickNs;

    private LoopWatchdog(LongSupplier clock) {
        this.clock = clock;
        this.lastTickNs = clock.getAsLong();
        this.thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
    }

    public static LoopWatchdog start() {
        LoopWatchdog watchdog = new LoopWatchdog(System::nanoTime);
        watchdog.thread.start();
        return watchdog;
    }

    /// One that its test ticks.
    static LoopWatchdog ticked(LongSupplier clock) {
        return new LoopWatchdog(clock);
    }

    /// @param name a label: one of a fixed few
    public void watch(String name, Executor executor, MeterRegistry registry) {
        WatchedLoop loop = new WatchedLoop(name, executor, clock.getAsLong());
        Gauge.builder("parley.loop.delay.seconds", loop, WatchedLoop::delaySeconds)
                .description("The longest that anything waited for this event loop in the last half minute")
                .tag("loop", name)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("parley.loop.stalls", loop, WatchedLoop::stalls)
                .description("How often this event loop let others wait longer than 100 ms")
                .tag("loop", name)
                .register(registry);
        loops.add(loop);
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(TICK_NS);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /// A tick that is late itself says that the process or the machine stood still, not a loop.
    void tick() {
        long nowNs = clock.getAsLong();
        boolean late = nowNs - lastTickNs > WatchedLoop.STALL_NS;
        lastTickNs = nowNs;
        for (WatchedLoop loop : loops) {
            if (late) {
                loop.forgive(nowNs);
            }
            loop.tick(nowNs, clock);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
