package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The first three are libwebrtc's published vectors (alr_detector_unittest).
final class ApplicationLimitTest {
    private static final int ESTIMATE_BPS = 300_000;
    private static final int STEP_MS = 10;

    private final ApplicationLimit limit = new ApplicationLimit();
    private long nowMs = 1000;

    @BeforeEach
    void estimate() {
        limit.rate(ESTIMATE_BPS);
    }

    private void send(int percent, int durationMs) {
        for (int ms = 0; ms < durationMs; ms += STEP_MS) {
            nowMs += STEP_MS;
            limit.sent(ESTIMATE_BPS / 100 * percent * STEP_MS / 8000, nowMs * 1_000_000);
        }
    }

    @Test
    void isLimitedByAFifthOfTheEstimateAndNotByNineTenths() {
        send(90, 1000);
        assertThat(limit.limited()).isFalse();
        send(20, 1500);
        assertThat(limit.limited()).isTrue();
        send(100, 4000);
        assertThat(limit.limited()).isFalse();
    }

    @Test
    void aShortSpikeDoesNotEndIt() {
        send(20, 1000);
        assertThat(limit.limited()).isTrue();
        send(150, 100);
        assertThat(limit.limited()).isTrue();
        send(100, 3000);
        assertThat(limit.limited()).isFalse();
    }

    @Test
    void aLowerEstimateEndsItSoonButNotAtOnce() {
        send(20, 1000);
        limit.rate(ESTIMATE_BPS / 5.0);
        assertThat(limit.limited()).isTrue();
        send(50, 1000);
        assertThat(limit.limited()).isFalse();
    }
}
