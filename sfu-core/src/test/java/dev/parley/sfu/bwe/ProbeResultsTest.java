package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// libwebrtc's published vectors (probe_bitrate_estimator_unittest); cluster ids begin with 1 here.
final class ProbeResultsTest {
    private static final int PACKETS = 5;
    private static final int BYTES = 5000;
    private static final double UTILIZATION = 0.95;

    private final ProbeResults results = new ProbeResults();
    private double measured;

    private void packet(int cluster, int bytes, long sentMs, long arrivedMs, int packets, int bytesPlanned) {
        long reference = 1_000_000_000_000L;
        measured = results.received(
                cluster,
                packets,
                bytesPlanned,
                bytes,
                reference + sentMs * 1_000_000,
                reference + arrivedMs * 1_000_000);
    }

    /// Pairs of times sent and arrived.
    private void cluster(int id, int bytes, int bytesPlanned, long... times) {
        for (int i = 0; i < times.length; i += 2) {
            packet(id, bytes, times[i], times[i + 1], PACKETS, bytesPlanned);
        }
    }

    private void expect(double bps) {
        assertThat(measured).isCloseTo(bps, within(10.0));
    }

    @Test
    void measuresACluster() {
        cluster(1, 1000, BYTES, 0, 10, 10, 20, 20, 30, 30, 40);
        expect(800_000);
        assertThat(results.saturated()).isFalse();
    }

    @Test
    void tooFewPacketsOrBytesMeasureNothing() {
        cluster(1, 2000, BYTES, 0, 10, 10, 20, 20, 30);
        expect(ProbeResults.NONE);
        cluster(2, 800, 6000, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50);
        expect(ProbeResults.NONE);
    }

    @Test
    void measuresSmallAndLargeClusters() {
        cluster(1, 150, 1000, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 60);
        expect(120_000);
        for (int i = 0; i < 25; i++) {
            packet(2, 12_500, i, 5 + i, 30, 312_500);
        }
        expect(100_000_000);
    }

    @Test
    void arrivingFasterCountsUpToTwice() {
        cluster(1, 1000, BYTES, 0, 15, 10, 30, 20, 35, 30, 40);
        expect(800_000);
        cluster(2, 1000, BYTES, 0, 19, 10, 22, 20, 25, 40, 27);
        expect(ProbeResults.NONE);
        cluster(3, 1000, BYTES, 0, 50, 10, 50, 20, 50, 40, 50);
        expect(ProbeResults.NONE);
    }

    @Test
    void arrivingMoreSlowlyIsTheEndOfTheLink() {
        cluster(1, 1000, BYTES, 0, 10, 10, 40, 20, 70, 30, 85);
        expect(UTILIZATION * 320_000);
        assertThat(results.saturated()).isTrue();
        assertThat(results.arrivedBps()).isCloseTo(320_000, within(10.0));
    }

    @Test
    void keepsClustersApart() {
        cluster(1, 1000, BYTES, 0, 10, 10, 20, 20, 30, 40, 60);
        expect(UTILIZATION * 480_000);
        cluster(1, 1000, BYTES, 50, 60);
        expect(640_000);
        cluster(2, 1000, BYTES, 60, 70, 65, 77, 70, 84, 75, 90);
        expect(UTILIZATION * 1_200_000);
    }

    @Test
    void forgetsOldClusters() {
        cluster(1, 1000, BYTES, 0, 10, 10, 20, 20, 30);
        cluster(2, 1000, BYTES, 60, 70, 65, 77, 70, 84, 75, 90);
        cluster(1, 1000, BYTES, 6_040, 6_060);
        expect(ProbeResults.NONE);
    }

    @Test
    void theLastThatLeftAndTheFirstThatArrivedTakeNoTime() {
        cluster(1, 1000, BYTES, 0, 10, 10, 20, 20, 30, 30, 40);
        packet(1, 1500, 40, 50, PACKETS, BYTES);
        expect(800_000);
        packet(2, 1500, 0, 10, PACKETS, BYTES);
        cluster(2, 1000, BYTES, 10, 20, 20, 30, 30, 40);
        expect(UTILIZATION * 800_000);
    }
}
