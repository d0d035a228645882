package dev.parley.sfu.server;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop under watch: a probe is sent through it, and how long the probe waits is how long anything would. Ticked by
/// the watchdog's thread; its figures may be read from any.
final class WatchedLoop {
    /// Somebody hears it from here on.
    static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /// A loop that stalls again and again must not fill the log.
    static final long SAID_EVERY_NS = TimeUnit.MINUTES.toNanos(1);
    /// Longer than most scrape intervals: the worst of the last two windows is shown, so that no scrape misses it.
    static final long WINDOW_NS = TimeUnit.SECONDS.toNanos(30);

    /// Where a thread is that has nothing to do: Java's own poll, a queue.
    private static final Set<String> WAITING = Set.of("wait", "select0", "park");

    private static final Logger log = LoggerFactory.getLogger(WatchedLoop.class);

    private final String name;
    private final Executor loop;
    private volatile @Nullable Thread thread;
    private volatile boolean answered = true;
    private volatile long answeredNs;
    private volatile long stalls;
    private volatile long worstNs;
    private volatile long worstBeforeNs;
    private long postedNs;
    private long windowNs;
    private final OnceAMinute stacks = new OnceAMinute();
    private final OnceAMinute starving = new OnceAMinute();
    private boolean stalled;

    WatchedLoop(String name, Executor loop, long nowNs) {
        this.name = name;
        this.loop = loop;
        this.windowNs = nowNs;
    }

    String name() {
        return name;
    }

    long stalls() {
        return stalls;
    }

    /// The longest that anything had to wait lately.
    double delaySeconds() {
        return Math.max(worstNs, worstBeforeNs) / 1e9;
    }

    /// @param clock read by the loop when the probe comes by
    void tick(long nowNs, LongSupplier clock) {
        if (nowNs - windowNs >= WINDOW_NS) {
            worstBeforeNs = worstNs;
            worstNs = 0;
            windowNs = nowNs;
        }
        if (answered) {
            waited(postedNs == 0 ? 0 : answeredNs - postedNs);
            post(nowNs, clock);
        } else {
            waited(nowNs - postedNs);
        }
    }

    /// The whole process stood still: nobody knows since when this loop would have answered.
    void forgive(long nowNs) {
        postedNs = nowNs;
    }

    /// Lets one line a minute through.
    private static final class OnceAMinute {
        private long saidNs;
        private boolean said;

        boolean may(long nowNs) {
            if (said && nowNs - saidNs < SAID_EVERY_NS) {
                return false;
            }
            said = true;
            saidNs = nowNs;
            return true;
        }
    }

    private void post(long nowNs, LongSupplier clock) {
        answered = false;
        stalled = false;
        postedNs = nowNs;
        try {
            loop.execute(() -> answer(clock.getAsLong()));
        } catch (RejectedExecutionException _) {
            answered = true; // it has been shut down
        }
    }

    /// Whose stack is logged.
    void runsOn(Thread owner) {
        thread = owner;
    }

    private void answer(long nowNs) {
        runsOn(Thread.currentThread());
        answeredNs = nowNs;
        answered = true;
    }

    private void waited(long delayNs) {
        worstNs = Math.max(worstNs, delayNs);
        if (delayNs > STALL_NS && !stalled) {
            stalled = true;
            stalls++;
            logStack(postedNs + delayNs, delayNs);
        }
    }

    /// What the loop is doing just now; null stacks are of loops that never answered.
    private void logStack(long nowNs, long delayNs) {
        Thread stuck = thread;
        if (stuck == null || answered) {
            return;
        }
        long delayMs = TimeUnit.NANOSECONDS.toMillis(delayNs);
        StackTraceElement[] frames = stuck.getStackTrace();
        if (frames.length == 0 || waits(frames[0].getMethodName())) {
            if (starving.may(nowNs)) {
                log.warn("{} has not answered for {} ms; it has nothing to do, but gets no processor", name, delayMs);
            }
            return;
        }
        if (!stacks.may(nowNs)) {
            return;
        }
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : frames) {
            stack.append("\n\tat ").append(frame);
        }
        log.warn("{} has not answered for {} ms; it is at{}", name, delayMs, stack);
    }

    /// For sockets (epoll, select) or for work (park): woken long ago, but not yet running.
    private static boolean waits(String method) {
        return method.startsWith("epollWait") || WAITING.contains(method);
    }
}
