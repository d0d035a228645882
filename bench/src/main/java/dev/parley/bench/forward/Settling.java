package dev.parley.bench.forward;

import java.util.function.LongSupplier;

/// Waits for what is on its way. Stateless.
final class Settling {
    private static final long LOOK_MS = 5;

    /// Whoever has a core to share may be kept from it for a while; longer, and what is missing is lost.
    private static final int STILL_LOOKS_MAX = 100;

    private Settling() {}

    /// Until the count is as high as expected, or does not rise any more.
    static void await(LongSupplier count, long expected) {
        long before = count.getAsLong();
        for (int still = 0; before < expected && still < STILL_LOOKS_MAX; still++) {
            sleep();
            long now = count.getAsLong();
            still = now == before ? still : 0;
            before = now;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
