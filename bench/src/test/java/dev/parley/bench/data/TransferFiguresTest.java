package dev.parley.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferFiguresTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long MS_NS = 1_000_000;

    @Test
    void tellsCostsAndRatesAMegabyteAndTheBestOfEach() {
        TransferFigures figures = new TransferFigures();
        figures.add(new Transfer(10_000_000, SECOND_NS, 50 * MS_NS, 80 * MS_NS, 20_000_000, 5));
        figures.add(new Transfer(10_000_000, SECOND_NS / 2, 40 * MS_NS, 90 * MS_NS, 20_000_000, 0));
        figures.add(new Transfer(10_000_000, 2 * SECOND_NS, 60 * MS_NS, 70 * MS_NS, 20_000_000, 10));
        assertThat(figures.told())
                .containsEntry("mb_per_second", Map.of("best", 20.0, "median", 10.0))
                .containsEntry("server_ms_per_mb", Map.of("best", 4.0, "median", 5.0))
                .containsEntry("client_ms_per_mb", Map.of("best", 7.0, "median", 8.0))
                .containsEntry("server_alloc_mb_per_mb", 2.0)
                .containsEntry("resent_per_mb", 0.5);
    }
}
