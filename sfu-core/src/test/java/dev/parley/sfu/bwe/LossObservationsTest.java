package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LossObservationsTest {
    private static final long MS = 1_000_000;

    private final LossObservations observations = new LossObservations(new LossSettings());

    private boolean period(long fromMs, int packets, int lost) {
        for (int i = 0; i < packets; i++) {
            observations.add((fromMs + i * 300L / packets) * MS, 1000, i < lost);
        }
        observations.add((fromMs + 300) * MS, 1000, false);
        return observations.close(false);
    }

    @Test
    void aShortPeriodGoesOnUnlessShortOnesCount() {
        observations.add(0, 1000, false);
        observations.add(100 * MS, 1000, true);
        assertThat(observations.close(false)).isFalse();
        observations.add(200 * MS, 1000, false);
        assertThat(observations.close(true)).isTrue();
        assertThat(observations.averageLoss()).isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void oldPeriodsWeighLessAndVanish() {
        period(0, 99, 99);
        double atFirst = observations.averageLoss();
        assertThat(atFirst).isCloseTo(0.99, within(1e-9));
        for (int i = 1; i <= 20; i++) {
            period(i * 300L, 99, 0);
            assertThat(observations.averageLoss()).isLessThan(atFirst);
            atFirst = observations.averageLoss();
        }
        assertThat(atFirst).isZero();
    }

    @Test
    void whatArrivesLateWasNotLost() {
        observations.add(0, 1000, true);
        observations.add(300 * MS, 1000, false);
        observations.recovered();
        observations.close(false);
        assertThat(observations.averageLoss()).isZero();
        observations.recovered();
        assertThat(observations.averageLoss()).isZero();
    }

    @Test
    void lossIsLikelierWhereMoreIsSentThanPasses() {
        period(0, 99, 50);
        double sentBps = 100 * 8000 / 0.3;
        assertThat(observations.likelihood(0.01, sentBps / 2, 0))
                .isGreaterThan(observations.likelihood(0.01, sentBps, 0));
        assertThat(observations.likelihood(0.5, sentBps, 0)).isGreaterThan(observations.likelihood(0.01, sentBps, 0));
    }
}
