package dev.parley.sfu.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND_NS = 1_000_000_000;

    private final RateLimit limit = new RateLimit(10);

    private int allowed(int asked, long fromNs, long everyNs) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            allowed += limit.allows(fromNs + i * everyNs) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void allowsAsManyAtOnceAsInASecond() {
        assertThat(allowed(100, SECOND_NS, 0)).isEqualTo(10);
        assertThat(allowed(100, 3 * SECOND_NS, 0)).isEqualTo(10);
    }

    @Test
    void allowsASteadyRate() {
        assertThat(allowed(100, SECOND_NS, SECOND_NS / 10)).isEqualTo(100);
        assertThat(allowed(1_000, 100 * SECOND_NS, SECOND_NS / 100)).isBetween(105, 112);
    }
}
