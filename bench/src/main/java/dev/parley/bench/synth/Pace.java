package dev.parley.bench.synth;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// Packets or messages at a steady rate, some at once.
///
/// @param perSecond how many
/// @param burst how many leave together
public record Pace(int perSecond, int burst) {
    /// Sends so many, each when it is due, on the calling thread.
    ///
    /// @param send gets their numbers, from 0
    public void run(int count, IntConsumer send) {
        long startNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (i % burst == 0) {
                await(startNs + i * TimeUnit.SECONDS.toNanos(1) / perSecond);
            }
            send.accept(i);
        }
    }

    private static void await(long dueNs) {
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }
}
