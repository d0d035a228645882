package dev.parley.sfu.base;

import java.lang.management.ManagementFactory;

/// Counts what code allocates on this thread, for the tests that hold it to nothing.
public final class Allocations {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /// Rounds, of which the cheapest counts: what the code itself allocates shows in each of them, what the virtual
    /// machine does beside it (a class that is loaded, code that is compiled anew) only in some.
    private static final int ROUNDS = 5;

    /// Bytes that `times` runs allocate, after as many to warm up.
    public static long of(int times, Runnable action) {
        repeat(times, action);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            least = Math.min(least, once(times, action));
        }
        return least;
    }

    private static long once(int times, Runnable action) {
        long nothing = THREADS.getCurrentThreadAllocatedBytes();
        long cost = THREADS.getCurrentThreadAllocatedBytes() - nothing;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(times, action);
        return THREADS.getCurrentThreadAllocatedBytes() - before - cost;
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }
}
