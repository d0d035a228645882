package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Deadlines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlightTest {
    @Test
    void joinsRecordsInOrderIntoAsFewDatagramsAsFit() {
        Fuzz.random(1_000, random -> {
            List<byte[]> records = new ArrayList<>();
            int total = 0;
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                byte[] record = new byte[random.nextInt(1, Flight.DATAGRAM_MAX + 1)];
                random.nextBytes(record);
                records.add(record);
                total += record.length;
            }
            List<byte[]> datagrams = Flight.join(records);
            assertThat(datagrams).allSatisfy(one -> assertThat(one.length).isBetween(1, Flight.DATAGRAM_MAX));
            assertThat(Captured.concatenate(datagrams)).isEqualTo(Captured.concatenate(records));
            for (int i = 1; i < datagrams.size(); i++) {
                assertThat(datagrams.get(i - 1).length + datagrams.get(i).length)
                        .isGreaterThan(Flight.DATAGRAM_MAX / 2);
            }
            assertThat(datagrams.size()).isLessThanOrEqualTo(1 + 2 * total / Flight.DATAGRAM_MAX);
        });
    }

    @Test
    void waitsLongerEachTimeWhileTheRoundTripIsUnknown() {
        Flight flight = new Flight(List.of(new byte[1]), true);
        ResendTimer timer = new ResendTimer();
        assertThat(flight.resendNs()).isEqualTo(Deadlines.NEVER);
        for (long waitMs : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
            flight.sent(0, timer);
            assertThat(flight.resendNs()).isEqualTo(waitMs * 1_000_000);
        }
    }

    @Test
    void waitsForSixFifthsOfARoundTripWithinBounds() {
        ResendTimer timer = new ResendTimer();
        long[][] roundTripAndWaitMs = {{0, 100}, {50, 100}, {200, 240}, {500, 600}, {900, 1_000}, {30_000, 1_000}};
        for (long[] row : roundTripAndWaitMs) {
            timer.roundTripNs(row[0] * 1_000_000);
            assertThat(timer.timeoutNs(1)).isEqualTo(row[1] * 1_000_000);
            assertThat(timer.timeoutNs(9)).isEqualTo(row[1] * 1_000_000);
        }
    }

    @Test
    void aLastFlightIsNotSentAgainByItself() {
        Flight flight = new Flight(List.of(new byte[1]), false);
        flight.sent(0, new ResendTimer());
        assertThat(flight.resendNs()).isEqualTo(Deadlines.NEVER);
        assertThat(flight.mayRepeat(20_000_000, 20_000_000)).isTrue();
    }
}
