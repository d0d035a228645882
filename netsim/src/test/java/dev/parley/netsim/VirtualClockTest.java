package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VirtualClockTest {
    @Test
    void movesForwardOnly() {
        VirtualClock clock = new VirtualClock(-5);
        clock.advance(3);
        clock.advanceTo(10);
        clock.advanceTo(10);
        assertThat(clock.nowNs()).isEqualTo(10);
        assertThatThrownBy(() -> clock.advanceTo(9)).hasMessageContaining("now 10, asked 9");
    }
}
