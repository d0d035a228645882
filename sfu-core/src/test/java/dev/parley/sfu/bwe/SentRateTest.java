package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentRateTest {
    private static final long MS = 1_000_000;

    private final SentRate rate = new SentRate();

    @ParameterizedTest
    @ValueSource(longs = {0, 123_456_789_012L, -77_123_456_789L})
    void isTheFullestOfTheLastSeconds(long startNs) {
        assertThat(rate.peakBps(startNs)).isZero();
        for (int ms = 0; ms < 2000; ms += 10) {
            rate.sent(1250, startNs + ms * MS);
        }
        assertThat(rate.peakBps(startNs + 2000 * MS)).isCloseTo(1_000_000, within(1.0));
        for (int ms = 2000; ms < 5000; ms += 10) {
            rate.sent(125, startNs + ms * MS);
        }
        assertThat(rate.peakBps(startNs + 5000 * MS)).isCloseTo(1_000_000, within(1.0));
        assertThat(rate.peakBps(startNs + 60_000 * MS)).isZero();
    }

    @Test
    void isNotTooLowInTheFirstSecond() {
        for (int ms = 0; ms < 300; ms += 10) {
            rate.sent(1250, ms * MS);
        }
        assertThat(rate.peakBps(299 * MS)).isCloseTo(1_000_000, within(1.0));
    }

    @Test
    void theMeanIsOfFiveSeconds() {
        for (int ms = 0; ms < 5_000; ms += 10) {
            rate.sent(ms < 2_500 ? 1250 : 0, ms * MS);
        }
        assertThat(rate.meanBps(4_999 * MS)).isCloseTo(500_000, within(1.0));
        assertThat(rate.meanBps(60_000 * MS)).isZero();
    }
}
