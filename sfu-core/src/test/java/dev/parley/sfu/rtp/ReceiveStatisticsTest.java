package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import org.junit.jupiter.api.Test;

final class ReceiveStatisticsTest {
    private static final long MS = 1_000_000L;
    private static final long FIRST = 1 << 16;

    private final ReceiveStatistics statistics = new ReceiveStatistics();

    private void packet(long index) {
        statistics.received(FIRST + index, (int) (index * 3000), index * 33 * MS + index / 3 * MS);
    }

    @Test
    void nothingIsKnownBeforeTheFirstPacket() {
        assertThat(statistics.started()).isFalse();
        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.fractionLost()).isZero();
        statistics.reported();
        packet(0);
        assertThat(statistics.fractionLost()).isZero();
    }

    @Test
    void countsLossByInterval() {
        packet(0);
        packet(1);
        packet(3);
        assertThat(statistics.cumulativeLost()).isEqualTo(1);
        assertThat(statistics.fractionLost()).isEqualTo(64);
        statistics.reported();
        assertThat(statistics.fractionLost()).isZero();
        packet(4);
        packet(5);
        assertThat(statistics.fractionLost()).isZero();
        packet(7);
        assertThat(statistics.fractionLost()).isEqualTo(64);
        assertThat(statistics.cumulativeLost()).isEqualTo(2);
    }

    @Test
    void aPacketThatComesLateIsNoLongerLost() {
        packet(0);
        packet(2);
        statistics.reported();
        packet(1);
        packet(3);
        assertThat(statistics.cumulativeLost()).isZero();
        assertThat(statistics.fractionLost()).as("more came than was expected").isZero();
    }

    @Test
    void packetsBeforeTheFirstBelongToTheSource() {
        packet(5);
        packet(3);
        assertThat(statistics.cumulativeLost()).isEqualTo(1);
        assertThat(statistics.receivedPackets()).isEqualTo(2);
    }

    @Test
    void theHighestNumberCarriesItsCycles() {
        statistics.received(0x3_0005L, 0, 0);
        assertThat(statistics.extendedHighest()).isEqualTo(0x3_0005);
        statistics.received(0x3_0001L, 0, 0);
        assertThat(statistics.extendedHighest()).isEqualTo(0x3_0005);
    }

    @Test
    void cumulativeLossStaysWithinItsField() {
        statistics.received(FIRST, 0, 0);
        statistics.received(FIRST + (1L << 30), 0, 0);
        assertThat(statistics.cumulativeLost()).isEqualTo(0x7f_ffff);
        assertThat(statistics.fractionLost()).isEqualTo(255);
    }

    @Test
    void evenPacketsHaveNoJitter() {
        statistics.clockRate(48_000);
        for (int i = 0; i < 100; i++) {
            statistics.received(FIRST + i, i * 960, i * 20L * MS);
        }
        assertThat(statistics.jitter()).isZero();
    }

    @Test
    void jitterApproachesTheMeanDifference() {
        statistics.clockRate(48_000);
        for (int i = 0; i < 1000; i++) {
            statistics.received(FIRST + i, i * 960, i * 20L * MS + (i % 2) * 5L * MS);
        }
        assertThat(statistics.jitter()).isBetween(235, 240); // 5 ms at 48 kHz are 240 ticks
    }

    @Test
    void jitterSurvivesTheWrapOfTimestamps() {
        statistics.clockRate(48_000);
        for (int i = 0; i < 100; i++) {
            statistics.received(FIRST + i, i * 960 - 50 * 960, i * 20L * MS);
        }
        assertThat(statistics.jitter()).isZero();
    }

    @Test
    void anotherClockBeginsAnew() {
        statistics.clockRate(48_000);
        statistics.received(FIRST, 0, 0);
        statistics.clockRate(90_000);
        statistics.received(FIRST + 1, 123_456_789, 0);
        assertThat(statistics.jitter()).isZero();
    }

    @Test
    void remembersTheLastSenderReport() {
        assertThat(statistics.delaySinceLastSenderReport(77)).isZero();
        statistics.senderReport(0x0001_2345_6789_0000L, 1_000 * MS);
        assertThat(statistics.lastSenderReport()).isEqualTo(0x2345_6789);
        assertThat(statistics.delaySinceLastSenderReport(1_500 * MS)).isEqualTo(0x8000);
    }

    @Test
    void allocatesNothing() {
        long[] index = {FIRST};
        assertThat(Allocations.of(20_000, () -> statistics.received(index[0]++, 1, 2)))
                .isZero();
    }
}
