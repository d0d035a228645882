package dev.parley.sfu.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.sctp.rx.DataTracker.Seen;
import org.junit.jupiter.api.Test;

class DataTrackerTest {
    private static final int FIRST = -3;
    private static final long NOW = 1_000_000_000;

    private final DataTracker tracker = new DataTracker(FIRST, 3);

    private Seen see(int tsn) {
        return tracker.observe(tracker.tsnIndex(tsn), false);
    }

    @Test
    void tsnsWrap() {
        for (int tsn = FIRST; tsn < 10; tsn++) {
            assertThat(see(tsn)).isEqualTo(Seen.NEW);
        }
        assertThat(tracker.sack(0, 1000).cumulativeTsn()).isEqualTo(9);
    }

    @Test
    void aDuplicateIsToldOnce() {
        see(FIRST);
        assertThat(see(FIRST)).isEqualTo(Seen.DUPLICATE);
        assertThat(tracker.sack(0, 1000).duplicates()).containsExactly(FIRST);
        assertThat(tracker.sack(0, 1000).duplicates()).isEmpty();
    }

    @Test
    void remembersNoMoreGapsThanTheLimit() {
        assertThat(see(FIRST + 2)).isEqualTo(Seen.NEW);
        assertThat(see(FIRST + 4)).isEqualTo(Seen.NEW);
        assertThat(see(FIRST + 6)).isEqualTo(Seen.NEW);
        assertThat(see(FIRST + 8)).isEqualTo(Seen.REFUSED);
        assertThat(see(FIRST + 7)).isEqualTo(Seen.NEW);
        assertThat(tracker.sack(0, 1000).gaps()).containsExactly(3, 3, 5, 5, 7, 8);
    }

    @Test
    void refusesWhatNoAcknowledgementCouldSay() {
        assertThat(see(FIRST + DataTracker.AHEAD_MAX)).isEqualTo(Seen.REFUSED);
        assertThat(see(FIRST + DataTracker.AHEAD_MAX - 1)).isEqualTo(Seen.NEW);
    }

    @Test
    void saysOnlyAsManyGapsAsFit() {
        see(FIRST + 2);
        see(FIRST + 4);
        assertThat(tracker.sack(0, 20).gaps()).containsExactly(3, 3);
    }

    @Test
    void theFirstIsAcknowledgedAtOnceAndTheNextTogether() {
        see(FIRST);
        tracker.packetEnded(NOW);
        assertThat(tracker.ackDue(NOW)).isTrue();
        tracker.sack(0, 1000);
        see(FIRST + 1);
        tracker.packetEnded(NOW);
        assertThat(tracker.ackDue(NOW)).isFalse();
        assertThat(tracker.nextTimeNs()).isEqualTo(NOW + DataTracker.DELAY_MAX_NS);
        see(FIRST + 2);
        tracker.packetEnded(NOW);
        assertThat(tracker.ackDue(NOW)).isTrue();
    }

    @Test
    void whoAsksIsAnsweredAtOnce() {
        see(FIRST);
        tracker.packetEnded(NOW);
        tracker.sack(0, 1000);
        tracker.observe(tracker.tsnIndex(FIRST + 1), true);
        tracker.packetEnded(NOW);
        assertThat(tracker.ackDue(NOW)).isTrue();
    }

    @Test
    void forwardingClosesGaps() {
        see(FIRST + 3);
        tracker.forward(tracker.tsnIndex(FIRST + 2));
        assertThat(tracker.sack(0, 1000).cumulativeTsn()).isEqualTo(FIRST + 3);
        assertThat(tracker.hasGaps()).isFalse();
    }
}
