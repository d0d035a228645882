package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathTest {
    private static final long MS = 1_000_000;

    private int arrived;

    private final Link.Outcome<String> outcome = new Link.Outcome<>() {
        @Override
        public void arrives(String packet, long atNs) {
            arrived++;
        }

        @Override
        public void dropped(String packet, DropCause cause) {}
    };

    @Test
    void blackoutHitsBothDirections() {
        Path<String> path = new Path<>(LinkConfig.perfect(), LinkConfig.perfect(), 1, 0);
        path.blackout(0, 10 * MS);
        sendBothWays(path, 5 * MS);
        assertThat(arrived).isZero();
        sendBothWays(path, 10 * MS);
        assertThat(arrived).isEqualTo(2);
    }

    @Test
    void drawnBlackoutsHitBothDirectionsAtTheSameTimes() {
        Path<String> path = new Path<>(LinkConfig.perfect().withBlackouts(60, 5_000), LinkConfig.perfect(), 1, 0);
        int dark = 0;
        for (long nowNs = 0; nowNs < 3_600_000 * MS; nowNs += 100 * MS) {
            arrived = 0;
            sendBothWays(path, nowNs);
            assertThat(arrived).isNotEqualTo(1);
            dark += arrived == 0 ? 1 : 0;
        }
        assertThat(dark).isGreaterThan(1_000);
    }

    @Test
    void eachDirectionHasItsOwnLosses() {
        Path<String> path = new Path<>(LinkConfig.perfect().withLoss(1), LinkConfig.perfect(), 1, 0);
        sendBothWays(path, 0);
        assertThat(arrived).isEqualTo(1);
        path.configure(LinkConfig.perfect(), LinkConfig.perfect().withLoss(1), MS);
        sendBothWays(path, MS);
        assertThat(arrived).isEqualTo(2);
        assertThat(path.up().dropped(DropCause.LOSS)).isEqualTo(1);
        assertThat(path.down().dropped(DropCause.LOSS)).isEqualTo(1);
    }

    @Test
    void addressIsOneForThePath() {
        Path<String> path = new Path<>(LinkConfig.perfect(), LinkConfig.perfect(), 1, 0);
        path.changeAddress();
        assertThat(path.address(0)).isEqualTo(1);
        assertThat(path.up().disruptions().address(0)).isEqualTo(1);
    }

    private void sendBothWays(Path<String> path, long nowNs) {
        path.up().send("up", 100, nowNs, outcome);
        path.down().send("down", 100, nowNs, outcome);
    }
}
