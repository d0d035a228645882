package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AmplificationTest {
    private final Amplification amplification = new Amplification(DtlsPeer.LIMITS);

    @Test
    void alwaysAllowsTheFloor() {
        assertThat(amplification.maySend(4_001)).isFalse();
        assertThat(amplification.maySend(3_000)).isTrue();
        assertThat(amplification.maySend(1_000)).isTrue();
        assertThat(amplification.maySend(1)).isFalse();
    }

    @Test
    void allowsThreeTimesWhatCame() {
        amplification.received(2_000);
        assertThat(amplification.maySend(6_001)).isFalse();
        assertThat(amplification.maySend(6_000)).isTrue();
        assertThat(amplification.maySend(1)).isFalse();
        amplification.received(1);
        assertThat(amplification.maySend(3)).isTrue();
    }

    @Test
    void hasNoLimitOnceTheClientHasAnswered() {
        amplification.lift();
        assertThat(amplification.maySend(1_000_000)).isTrue();
    }
}
