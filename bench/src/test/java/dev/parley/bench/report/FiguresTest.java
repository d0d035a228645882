package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void quantilesAreMeasuredValuesByNearestRank() {
        for (int i = 1_000; i >= 1; i--) {
            figures.add(i);
        }
        assertThat(figures.quantile(0)).isEqualTo(1);
        assertThat(figures.median()).isEqualTo(500);
        assertThat(figures.quantile(0.99)).isEqualTo(990);
        assertThat(figures.quantile(1)).isEqualTo(1_000);
        figures.add(0);
        assertThat(figures.quantile(0)).isZero();
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThat(figures.median()).isNaN();
    }
}
