package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LinkCapacityTest {
    private final LinkCapacity capacity = new LinkCapacity();

    @Test
    void isUnknownAtFirstAndAfterBeingForgotten() {
        assertThat(capacity.known()).isFalse();
        assertThat(capacity.isExceededBy(1e9)).isFalse();
        assertThat(capacity.isMissedBy(0)).isFalse();
        capacity.onOveruse(500_000);
        assertThat(capacity.known()).isTrue();
        capacity.forget();
        assertThat(capacity.known()).isFalse();
    }

    @Test
    void aProbeWeighsTenTimesWhatAnOveruseDoes() {
        capacity.onOveruse(500_000);
        capacity.onOveruse(600_000);
        assertThat(capacity.estimateBps()).isCloseTo(505_000, within(1.0));
        capacity.onProbe(705_000);
        assertThat(capacity.estimateBps()).isCloseTo(605_000, within(1.0));
    }

    /// 0.4 is about 14 kbit/s of deviation at 500 kbit/s, and 2.5 about 35.
    @Test
    void isExceededAndMissedByThreeDeviations() {
        capacity.onOveruse(500_000);
        assertThat(capacity.isExceededBy(541_000)).isFalse();
        assertThat(capacity.isExceededBy(544_000)).isTrue();
        assertThat(capacity.isMissedBy(459_000)).isFalse();
        assertThat(capacity.isMissedBy(456_000)).isTrue();
    }
}
