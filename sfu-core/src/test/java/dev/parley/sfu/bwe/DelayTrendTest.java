package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The first three are libwebrtc's published vectors (trendline_estimator_unittest): 25 packets, 20 ms apart.
final class DelayTrendTest {
    private static final int PACKETS = 25;
    private static final double APART_MS = 20;
    private static final long SENT_MS = 123_456_789;
    private static final long ARRIVED_MS = 987_654_321;

    private final DelayTrend trend = new DelayTrend();
    private int packet = 1;

    /// Goes on until the verdict changes or no packet is left.
    private void runUntilItChanges(double arrivalApartMs) {
        NetworkUse before = trend.use();
        for (; packet < PACKETS; packet++) {
            add(time(SENT_MS, APART_MS), time(ARRIVED_MS, arrivalApartMs));
            if (trend.use() != before) {
                return;
            }
        }
    }

    private record Pair(long before, long now) {}

    private Pair time(long firstMs, double apartMs) {
        return new Pair((long) (firstMs + apartMs * (packet - 1)), (long) (firstMs + apartMs * packet));
    }

    private void add(Pair sent, Pair arrived) {
        trend.add(sent.now - sent.before, arrived.now - arrived.before, arrived.now);
    }

    @Test
    void isNormalWhenPacketsArriveAsTheyLeft() {
        runUntilItChanges(APART_MS);
        assertThat(trend.use()).isEqualTo(NetworkUse.NORMAL);
        assertThat(packet).isEqualTo(PACKETS);
    }

    @ParameterizedTest
    @CsvSource({"1.1, OVERUSED", "0.85, UNDERUSED"})
    void seesThatTheyArriveMoreSlowlyOrFaster(double factor, NetworkUse expected) {
        runUntilItChanges(factor * APART_MS);
        assertThat(trend.use()).isEqualTo(expected);
        assertThat(packet).isLessThan(PACKETS);
        packet++;
        runUntilItChanges(factor * APART_MS);
        assertThat(trend.use()).isEqualTo(expected);
        assertThat(packet).isEqualTo(PACKETS);
    }

    @Test
    void jitterWithoutATrendIsNormal() {
        for (packet = 1; packet < 500; packet++) {
            trend.add(APART_MS, APART_MS + (packet % 2 == 0 ? 8 : -8), ARRIVED_MS + packet * APART_MS);
            assertThat(trend.use()).isEqualTo(NetworkUse.NORMAL);
        }
    }

    @Test
    void forgetsEverythingWhenReset() {
        runUntilItChanges(1.1 * APART_MS);
        trend.reset();
        assertThat(trend.use()).isEqualTo(NetworkUse.NORMAL);
        packet = 1;
        runUntilItChanges(1.1 * APART_MS);
        assertThat(trend.use()).isEqualTo(NetworkUse.OVERUSED);
    }
}
