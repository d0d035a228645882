package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AcknowledgedRateTest {
    private static final long MS = 1_000_000;

    private final AcknowledgedRate rate = new AcknowledgedRate();
    private long nowNs = 9_000 * MS;

    /// A packet each 10 ms.
    private void arrive(double kbps, int durationMs) {
        for (int ms = 0; ms < durationMs; ms += 10) {
            nowNs += 10 * MS;
            rate.add(nowNs, (int) (kbps * 10 / 8));
        }
    }

    @Test
    void isUnknownForHalfASecond() {
        arrive(400, 490);
        assertThat(rate.bps()).isEqualTo(AcknowledgedRate.UNKNOWN);
        arrive(400, 30);
        assertThat(rate.bps()).isCloseTo(400_000, within(20_000.0));
    }

    @Test
    void followsSlowlyAndTellsWhatPassesANarrowerLinkAtOnce() {
        arrive(2000, 2000);
        arrive(400, 320);
        assertThat(rate.bps()).isGreaterThan(1_000_000);
        assertThat(rate.bpsWhenOverused()).isCloseTo(400_000, within(50_000.0));
        arrive(400, 5000);
        assertThat(rate.bps()).isCloseTo(400_000, within(20_000.0));
    }

    @Test
    void followsFasterWhereAChangeIsExpected() {
        arrive(400, 3000);
        AcknowledgedRate other = new AcknowledgedRate();
        long startNs = nowNs;
        for (int ms = 0; ms < 3000; ms += 10) {
            other.add(startNs - (3000 - ms) * MS, 500);
        }
        rate.expectChange();
        arrive(1200, 170);
        for (int ms = 10; ms <= 170; ms += 10) {
            other.add(startNs + ms * MS, 1500);
        }
        assertThat(rate.bps()).isGreaterThan(other.bps());
    }

    @Test
    void aPauseAndAClockThatGoesBackAreNoRates() {
        arrive(1000, 2000);
        nowNs += 5_000 * MS;
        arrive(1000, 500);
        assertThat(rate.bps()).isCloseTo(1_000_000, within(60_000.0));
        nowNs -= 3_600_000 * MS;
        arrive(1000, 500);
        assertThat(rate.bps()).isCloseTo(1_000_000, within(60_000.0));
    }
}
