package dev.parley.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Three people, three messages; the first one is said while everything warms up.
class ChatLogTest {
    private static final int ALICE = 0;
    private static final int BOB = 1;
    private static final int CAROL = 2;
    private static final long MS = 1_000_000;

    private final ChatLog log = new ChatLog(3, 3);

    @Test
    void countsWhatTheOthersHaveFromBeforeItWasSent() {
        log.said(1, ALICE, 10 * MS);
        log.heard(1, ALICE, 11 * MS);
        log.heard(1, BOB, 13 * MS);
        log.heard(1, CAROL, 15 * MS);
        ChatLog.Talk talk = log.talk(1, 2);
        assertThat(talk.due()).isEqualTo(2);
        assertThat(talk.lost()).isZero();
        assertThat(talk.heardMs().median()).isEqualTo(3);
        assertThat(talk.heardMs().quantile(1)).isEqualTo(5);
    }

    @Test
    void whatSomebodyNeverHadIsLost() {
        log.said(1, ALICE, 10 * MS);
        log.said(2, BOB, 20 * MS);
        log.heard(1, BOB, 13 * MS);
        log.heard(2, BOB, 21 * MS);
        assertThat(log.talk(1, 3).lost()).as("carol's first, and what bob said").isEqualTo(3);
    }

    @Test
    void leavesOutWhatWasSaidBefore() {
        log.said(0, ALICE, 1 * MS);
        log.heard(0, BOB, 900 * MS);
        assertThat(log.talk(1, 3).heardMs().size()).isZero();
    }

    @Test
    void knowsWhenTheSenderKnewThatItIsKept() {
        log.said(1, ALICE, 10 * MS);
        log.stored(1, 17 * MS);
        assertThat(log.talk(1, 3).storedMs().median()).isEqualTo(7);
        assertThat(log.talk(1, 3).storedMs().size()).isEqualTo(1);
    }

    @Test
    void noticesWhatComesTwiceAndWhatWasRefused() {
        log.said(1, ALICE, 10 * MS);
        log.heard(1, BOB, 13 * MS);
        log.heard(1, BOB, 14 * MS);
        log.refused();
        assertThat(log.talk(1, 2).twice()).isEqualTo(1);
        assertThat(log.talk(1, 2).refused()).isEqualTo(1);
    }
}
