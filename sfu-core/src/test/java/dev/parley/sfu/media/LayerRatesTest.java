package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LayerRatesTest {
    private static final long MS = 1_000_000;

    private final LayerRates rates = new LayerRates();
    private long nowNs = 7_000 * MS;

    /// Pictures of 1,000 bytes, 40 a second: 320 kbit/s.
    private void pictures(double seconds, int spatial, int... temporal) {
        for (long i = 0; i < seconds * 40; i++) {
            nowNs += 25 * MS;
            rates.count(spatial, temporal[(int) (i % temporal.length)], 1_000, nowNs);
        }
        rates.advance(nowNs);
    }

    @Test
    void isKnownWhenAKeyFrameAloneIsNotTheRateAnyMore() {
        pictures(0.45, 0, 0);
        assertThat(rates.known()).isFalse();
        pictures(0.1, 0, 0);
        assertThat(rates.known()).isTrue();
        assertThat(rates.bps(0, 0)).isCloseTo(320_000, within(20_000L));
    }

    @Test
    void aTemporalLayerTakesWhatIsBelowItAsWell() {
        pictures(3, 0, 0, 2, 1, 2);
        assertThat(rates.temporalLayers()).isEqualTo(3);
        assertThat(rates.bps(0, 0)).isCloseTo(80_000, within(8_000L));
        assertThat(rates.bps(0, 1)).isCloseTo(160_000, within(8_000L));
        assertThat(rates.bps(0, 2)).isCloseTo(320_000, within(8_000L));
    }

    @Test
    void aSpatialLayerTakesWhatIsBelowItAsWell() {
        for (int i = 0; i < 120; i++) {
            nowNs += 25 * MS;
            rates.count(0, 0, 100, nowNs);
            rates.count(1, 0, 900, nowNs);
        }
        assertThat(rates.spatialLayers()).isEqualTo(2);
        assertThat(rates.bps(0, 0)).isCloseTo(32_000, within(2_000L));
        assertThat(rates.bps(1, 0)).isCloseTo(320_000, within(10_000L));
    }

    @Test
    void followsARiseWithinASecondAndAFallSlowly() {
        pictures(3, 0, 0);
        for (int i = 0; i < 50; i++) {
            nowNs += 25 * MS;
            rates.count(0, 0, 3_000, nowNs);
        }
        rates.advance(nowNs);
        assertThat(rates.bps(0, 0)).isGreaterThan(850_000);
        pictures(2, 0, 0);
        assertThat(rates.bps(0, 0)).as("it may move again").isGreaterThan(500_000);
        pictures(20, 0, 0);
        assertThat(rates.bps(0, 0)).isCloseTo(320_000, within(10_000L));
    }

    @Test
    void aLongSilenceIsForgotten() {
        pictures(3, 0, 0);
        rates.advance(nowNs + 60_000 * MS);
        assertThat(rates.bps(0, 0)).isZero();
        assertThat(rates.temporalLayers()).isEqualTo(1);
    }

    @Test
    void layersBeyondThoseThatAreToldApartCountAsTheHighest() {
        pictures(3, 7, 7);
        assertThat(rates.spatialLayers()).isEqualTo(LayerRates.SPATIAL_MAX);
        assertThat(rates.bps(LayerRates.SPATIAL_MAX - 1, SourceLayers.TEMPORAL_MAX - 1))
                .isCloseTo(320_000, within(20_000L));
    }
}
