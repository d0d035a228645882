package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NackRequestsTest {
    private static final long MS = 1_000_000;
    private static final long ROUND_TRIP_NS = 40 * MS;

    private final Limits limits = Limits.defaults();
    private final NackRequests nacks = new NackRequests(limits);
    private final List<Long> asked = new ArrayList<>();

    private boolean ask(long nowNs) {
        asked.clear();
        return nacks.ask(nowNs, ROUND_TRIP_NS, asked::add);
    }

    @Test
    void asksForAGapOnceReorderingCannotExplainIt() {
        nacks.received(100, 0);
        nacks.received(103, 0);
        assertThat(ask(MS)).isFalse();
        assertThat(asked).isEmpty();
        assertThat(ask(nacks.nextTimeNs())).isFalse();
        assertThat(asked).containsExactlyInAnyOrder(101L, 102L);
    }

    @Test
    void forgetsWhatCameLate() {
        nacks.received(100, 0);
        nacks.received(102, 0);
        nacks.received(101, MS);
        assertThat(nacks.missing()).isZero();
        assertThat(nacks.nextTimeNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void asksAgainWhenTheAnswerWouldHaveComeAndGivesUpInTheEnd() {
        nacks.received(1, 0);
        nacks.received(3, 0);
        long first = nacks.nextTimeNs();
        ask(first);
        assertThat(ask(first + ROUND_TRIP_NS)).isFalse();
        assertThat(asked).isEmpty();
        int asks = 1;
        while (!ask(nacks.nextTimeNs())) {
            asks++;
        }
        assertThat(asks).isEqualTo(limits.nacksPerPacket());
        assertThat(nacks.missing()).isZero();
    }

    /// When each ask comes, and at last that nothing more will, in milliseconds.
    private List<Long> timesMs(long roundTripMs) {
        List<Long> times = new ArrayList<>();
        nacks.received(1, 0);
        nacks.received(3, 0);
        for (boolean hopeless = false; !hopeless; ) {
            long atNs = nacks.nextTimeNs();
            times.add(atNs / MS);
            hopeless = nacks.ask(atNs, roundTripMs * MS, asked::add);
        }
        return times;
    }

    @Test
    void aFarPublisherIsAskedOnceARoundTrip() {
        assertThat(timesMs(300)).containsExactly(8L, 316L, 624L, 932L, 1_240L, 1_560L);
    }

    @Test
    void aNearPublishersAsksOutlastAShortOutage() {
        assertThat(timesMs(2)).containsExactly(8L, 28L, 68L, 148L, 308L, 628L);
    }

    @Test
    void whatWasFoundElsewhereIsNotAskedFor() {
        nacks.received(1, 0);
        nacks.received(3, 0);
        nacks.found(2);
        assertThat(nacks.nextTimeNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void aGapLargerThanTheLimitNeedsAKeyFrameAtOnce() {
        nacks.received(1, 0);
        nacks.received(limits.missingPerTrack() + 3L, 0);
        assertThat(nacks.missing()).isZero();
        assertThat(ask(0)).isTrue();
        assertThat(asked).isEmpty();
        assertThat(ask(0)).isFalse();
    }

    @Test
    void whatWasLostInAnOutageIsNotAskedForButAKeyFrameIs() {
        nacks.received(1, 0);
        nacks.received(2, 5_000 * MS);
        assertThat(ask(5_000 * MS)).as("a pause, nothing lost").isFalse();
        nacks.received(20, 10_000 * MS);
        assertThat(nacks.missing()).isZero();
        assertThat(ask(10_000 * MS)).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void holdsAsManyAsTheLimitSays() {
        nacks.received(1, 0);
        nacks.received(limits.missingPerTrack() + 2L, 0);
        assertThat(nacks.missing()).isEqualTo(limits.missingPerTrack());
    }
}
