package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResendsTest {
    private static final long MS = 1_000_000;

    private final Limits limits = Limits.defaults();
    private final Resends resends = new Resends(limits);

    private boolean allow(long index, long roundTripNs, long nowNs) {
        boolean due = resends.due(index, nowNs);
        if (due) {
            resends.answered(index, roundTripNs, nowNs);
        }
        return due;
    }

    /// When a packet that is asked for each millisecond is answered.
    private List<Long> answersMs(long roundTripMs) {
        List<Long> answers = new ArrayList<>();
        for (long ms = 0; ms < 5_000; ms++) {
            if (allow(7, roundTripMs * MS, ms * MS)) {
                answers.add(ms);
            }
        }
        return answers;
    }

    @Test
    void answersOnceWhileTheAnswerIsOnItsWay() {
        assertThat(allow(7, 50 * MS, 0)).isTrue();
        assertThat(allow(7, 50 * MS, 43 * MS)).isFalse();
        assertThat(allow(8, 50 * MS, 43 * MS)).isTrue();
        assertThat(allow(7, 50 * MS, 44 * MS)).isTrue();
    }

    @Test
    void aFewAnswersEachARoundTripLater() {
        assertThat(answersMs(160)).containsExactly(0L, 140L, 280L, 420L).hasSize(limits.resendsPerPacket());
    }

    @Test
    void aNearViewersAnswersOutlastAShortOutage() {
        assertThat(answersMs(1)).containsExactly(0L, 20L, 60L, 140L);
    }

    @Test
    void nobodyIsSoFarAwayThatNothingComesAgain() {
        assertThat(answersMs(60_000)).containsExactly(0L, 219L, 438L, 657L);
    }
}
