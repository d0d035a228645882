package dev.parley.sfu.bwe;

/// Arrival times of a receiver without the wrap of their 24-bit reference (64 ms a unit, 12.4 days in all). One loop's
/// thread.
final class ArrivalClock {
    static final long PERIOD_NS = (1L << 24) * 64_000_000;

    private boolean started;
    private long lastNs;

    /// The time nearest to the one before that looks like this on the wire.
    long unwrap(long wrappedNs) {
        if (!started) {
            started = true;
            lastNs = Math.floorMod(wrappedNs, PERIOD_NS);
            return lastNs;
        }
        long ahead = Math.floorMod(wrappedNs - lastNs, PERIOD_NS);
        lastNs += ahead < PERIOD_NS / 2 ? ahead : ahead - PERIOD_NS;
        return lastNs;
    }
}
