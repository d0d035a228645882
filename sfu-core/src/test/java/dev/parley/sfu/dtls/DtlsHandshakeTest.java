package dev.parley.sfu.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.SfuCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DtlsHandshakeTest {
    private static final LinkConfig LAN = LinkConfig.perfect().withDelayMs(5);

    @Test
    void bothSidesExportTheSameKeys() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        pair.assertConnectedWithSameKeys();
        assertThat(pair.server.keys().profile()).isEqualTo(SrtpKeys.AEAD_AES_128_GCM);
        assertThat(pair.server.counters.get(SfuCounter.DTLS_OK)).isEqualTo(1);
        assertThat(pair.server.counters.get(SfuCounter.DTLS_DROPPED)).isZero();
        pair.assertNothingLeft();
    }

    @Test
    void eachFlightIsOneDatagramAndNothingIsSentTwice() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        assertThat(pair.client.sent).hasSize(2);
        assertThat(pair.server.sent).hasSize(2);
        assertThat(pair.client.connectedNs - pair.server.connectedNs).isEqualTo(5_000_000);
    }

    @Test
    @DisplayName("hostile B11 30 % loss and 500 ms round trip: 95 of 100 handshakes are done in 5 s")
    void hostile_B11_slowAndLossyHandshakesEndInTime() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(250).withLoss(0.3);
        List<Long> times = new ArrayList<>();
        List<Long> late = new ArrayList<>();
        Fuzz.seeds(200, seed -> {
            DtlsPair pair = new DtlsPair(seed, bad);
            pair.roundTripMs(500);
            pair.connect();
            long ms = pair.connected()
                    ? (pair.client.connectedNs - pair.server.connectedNs >= 0
                                            ? pair.client.connectedNs
                                            : pair.server.connectedNs)
                                    / 1_000_000
                            - 3_600_000
                    : Long.MAX_VALUE;
            times.add(ms);
            if (ms > 5_000) {
                late.add(seed);
            }
        });
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println("p50 " + sorted[100] + " p95 " + sorted[189] + " max " + sorted[199]);
        assertThat(sorted[189]).as("p95 in ms; late were seeds " + late).isLessThan(5_000);
    }

    @Test
    void carriesApplicationDataBothWays() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        assertThat(pair.client.say("hello".getBytes(UTF_8))).isTrue();
        assertThat(pair.server.say(new byte[1200])).isTrue();
        pair.run(100);
        assertThat(pair.server.data).hasSize(1);
        assertThat(new String(pair.server.data.getFirst(), UTF_8)).isEqualTo("hello");
        assertThat(Arrays.equals(pair.client.data.getFirst(), new byte[1200])).isTrue();
    }
}
