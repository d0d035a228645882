package dev.parley.sfu.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetransmissionTimeoutTest {
    private static final long MS = 1_000_000;

    private final RetransmissionTimeout timeout = new RetransmissionTimeout();

    @Test
    void beginsWithHalfASecond() {
        assertThat(timeout.timeoutNs()).isEqualTo(500 * MS);
    }

    /// RFC 9260 §6.3.1: the first round trip and twice itself, smoothed by eighths and quarters later.
    @Test
    void followsTheRoundTrips() {
        timeout.observe(200 * MS);
        assertThat(timeout.timeoutNs()).isEqualTo(600 * MS);
        timeout.observe(280 * MS);
        assertThat(timeout.smoothedNs()).isEqualTo(210 * MS);
        assertThat(timeout.timeoutNs()).isEqualTo((210 + 4 * 95) * MS);
    }

    @Test
    void staysWithinItsBounds() {
        for (int i = 0; i < 100; i++) {
            timeout.observe(MS);
        }
        assertThat(timeout.timeoutNs()).isEqualTo(400 * MS);
        for (int i = 0; i < 100; i++) {
            timeout.observe(20_000 * MS);
        }
        assertThat(timeout.timeoutNs()).isEqualTo(3_000 * MS);
    }
}
