package dev.parley.signaling.whip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Attempts attempts = new Attempts();

    private static InetAddress at(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private int taken(InetAddress client, long nowNs, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += attempts.take(client, nowNs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void failuresAreLimitedAndForgivenWithTime() {
        InetAddress client = at("192.0.2.7");
        assertThat(taken(client, 0, 5_000)).isEqualTo(Attempts.BURST);
        assertThat(taken(client, SECOND_NS, 100)).isEqualTo((int) Attempts.PER_SECOND);
        assertThat(taken(client, 3_600 * SECOND_NS, 5_000)).isEqualTo(Attempts.BURST);
    }

    @Test
    void whatComesToSomethingIsNotCounted() {
        InetAddress client = at("192.0.2.7");
        for (int i = 0; i < 10_000; i++) {
            assertThat(attempts.take(client, 0)).isTrue();
            attempts.giveBack(client);
        }
    }

    @Test
    void addressesDoNotShareTheirLimitButNetworksDo() {
        assertThat(taken(at("192.0.2.7"), 0, 5_000)).isEqualTo(Attempts.BURST);
        assertThat(attempts.take(at("192.0.2.8"), 0)).isTrue();
        assertThat(taken(at("2001:db8::1"), 0, 5_000)).isEqualTo(Attempts.BURST);
        assertThat(attempts.take(at("2001:db8::2"), 0)).isFalse();
        assertThat(attempts.take(at("2001:db8:0:1::1"), 0)).isTrue();
    }

    @Test
    void theListOfAddressesDoesNotGrowWithoutEnd() {
        InetAddress first = at("192.0.2.7");
        taken(first, 0, Attempts.BURST);
        for (int i = 0; i < Attempts.ADDRESSES_MAX; i++) {
            attempts.take(at("2001:db8:" + Integer.toHexString(i) + "::1"), 0);
        }
        assertThat(attempts.take(first, 0)).as("pushed out, begins anew").isTrue();
    }
}
