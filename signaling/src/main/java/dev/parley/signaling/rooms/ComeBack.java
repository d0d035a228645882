package dev.parley.signaling.rooms;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When those whom a stopping server lets go may come back: left to chance, so that the one that takes its place gets
/// about a hundred of them in a second and not all at once.
final class ComeBack {
    static final Duration EARLIEST = Duration.ofMillis(500);
    /// A thousand people are back within fifteen seconds, the first try included.
    static final Duration LATEST = Duration.ofSeconds(10);

    private static final long MS_PER_PERSON = 10;

    private final RandomGenerator random;

    ComeBack(RandomGenerator random) {
        this.random = random;
    }

    /// @param people how many are let go
    Duration after(int people) {
        long latestMs = Math.min(2 * EARLIEST.toMillis() + people * MS_PER_PERSON, LATEST.toMillis());
        return Duration.ofMillis(random.nextLong(EARLIEST.toMillis(), latestMs + 1));
    }
}
