package dev.parley.bench.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScrapeTest {
    private static final Scrape BEFORE = scrape(10, 10, 10, 2);
    private static final Scrape AFTER = scrape(60, 100, 110, 7);

    private static Scrape scrape(int below1Ms, int below5Ms, int all, int dropped) {
        return Scrape.of("""
                # HELP parley_delay_seconds how long
                # TYPE parley_delay_seconds histogram
                parley_delay_seconds_bucket{le="0.001"} %d
                parley_delay_seconds_bucket{le="0.005"} %d
                parley_delay_seconds_bucket{le="+Inf"} %d
                parley_delay_seconds_sum 1.5
                parley_dropped_packets_total{reason="kernel"} %d
                parley_dropped_packets_total{reason="send_blocked"} 1.0E1
                """.formatted(below1Ms, below5Ms, all, dropped));
    }

    @Test
    void addsTheLinesOfAMetricUp() {
        assertThat(AFTER.sum("parley_dropped_packets_total")).isEqualTo(17);
        assertThat(AFTER.sum("parley_dropped")).isZero();
        assertThat(AFTER.of("parley_dropped_packets_total", "reason", "kernel")).isEqualTo(7);
        assertThat(AFTER.of("parley_dropped_packets_total", "reason", "none")).isZero();
    }

    /// Of the 100 since then, 50 took at most 1 ms, 90 at most 5 ms.
    @Test
    void interpolatesWithinTheBucketsOfWhatCameSince() {
        Scrape.Buckets delays = AFTER.buckets("parley_delay_seconds", BEFORE);
        assertThat(delays.quantile(0.25)).isCloseTo(0.0005, within(1e-9));
        assertThat(delays.quantile(0.7)).isCloseTo(0.003, within(1e-9));
        assertThat(delays.quantile(0.99)).as("all that is known of it").isEqualTo(0.005);
        assertThat(delays.max()).isInfinite();
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThat(AFTER.buckets("parley_delay_seconds", AFTER).quantile(0.5)).isNaN();
        assertThat(AFTER.buckets("parley_delay_seconds", AFTER).max()).isNaN();
        assertThat(AFTER.buckets("parley_other", BEFORE).quantile(0.5)).isNaN();
    }
}
