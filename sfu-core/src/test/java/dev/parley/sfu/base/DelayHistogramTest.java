package dev.parley.sfu.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayHistogramTest {
    @Test
    void putsEachDelayIntoTheFirstBucketThatHoldsIt() {
        DelayHistogram delays = new DelayHistogram(10, 20);
        delays.observe(10);
        delays.observe(11, 3);
        delays.observe(21);
        long[] cells = {0, 0, 100};
        delays.addTo(cells);
        assertThat(cells).containsExactly(1, 3, 101);
        assertThat(delays.count()).isEqualTo(5);
        assertThat(delays.sumNs()).isEqualTo(10 + 33 + 21);
    }

    @Test
    void measuresAllOfATurnFromItsOldestPacket() {
        Counters counters = new Counters();
        counters.forwarding(5_000_000);
        counters.forwarded();
        counters.forwarding(2_000_000);
        counters.forwarded();
        counters.forwarding(Deadlines.NEVER);
        counters.forwarded(); // out of the history
        assertThat(counters.anyForwarded()).isTrue();
        counters.flushed(6_000_000);
        assertThat(counters.anyForwarded()).isFalse();
        assertThat(counters.delays(SfuDelay.FORWARD).count()).isEqualTo(2);
        assertThat(counters.delays(SfuDelay.FORWARD).sumNs()).isEqualTo(2 * 4_000_000);
    }
}
