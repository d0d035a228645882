package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.base.MediaKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PairHealthTest {
    private static final long REPORT_NS = 2_000_000_000;

    private final PairHealth picture = new PairHealth(MediaKind.VIDEO);
    private long nowNs;
    private long sent;
    private int received;
    private long decoded;

    /// Two seconds later: so many packets more were sent.
    private @Nullable HealRung report(PairHealth pair, int packets, boolean arrive, boolean decode) {
        nowNs += REPORT_NS;
        sent += packets;
        received += arrive ? packets : 0;
        decoded += decode ? packets / 3 : 0;
        return pair.report(sent, received, decoded, nowNs);
    }

    /// What is tried in so many reports without anything decoded.
    private List<HealRung> stuck(PairHealth pair, int reports, boolean arrive) {
        List<HealRung> tried = new ArrayList<>();
        for (int i = 0; i < reports; i++) {
            HealRung rung = report(pair, 100, arrive, false);
            if (rung != null) {
                tried.add(rung);
            }
        }
        return tried;
    }

    @Test
    void nothingIsTriedWhileSomethingIsDecoded() {
        for (int i = 0; i < 100; i++) {
            assertThat(report(picture, 100, true, true)).isNull();
        }
        assertThat(picture.healedBy()).isNull();
    }

    @Test
    void nothingIsTriedWhileNothingIsSent() {
        report(picture, 100, true, true);
        for (int i = 0; i < 100; i++) {
            assertThat(report(picture, 0, true, false)).isNull();
        }
    }

    @Test
    void whatIsLostOnTheWayClimbsTheWholeLadder() {
        report(picture, 100, true, true);
        assertThat(report(picture, 100, false, false)).isEqualTo(HealRung.KEY_FRAME);
        assertThat(report(picture, 100, false, false)).as("5 s apart").isNull();
        assertThat(report(picture, 100, false, false)).isNull();
        assertThat(report(picture, 100, false, false)).isEqualTo(HealRung.REMAP);
        assertThat(stuck(picture, 20, false)).containsExactly(HealRung.RESTART, HealRung.TRANSPORT, HealRung.NONE);
        assertThat(stuck(picture, 100, false)).as("said once").isEmpty();
    }

    @Test
    void soundHasNoKeyFrames() {
        PairHealth sound = new PairHealth(MediaKind.AUDIO);
        report(sound, 100, true, true);
        assertThat(stuck(sound, 20, false))
                .containsExactly(HealRung.REMAP, HealRung.RESTART, HealRung.TRANSPORT, HealRung.NONE);
    }

    @Test
    void whatArrivesAndCannotBeDecodedLeavesTheConnectionAlone() {
        report(picture, 100, true, true);
        assertThat(stuck(picture, 100, true)).containsExactly(HealRung.KEY_FRAME, HealRung.REMAP, HealRung.NONE);
    }

    @Test
    void whatHelpedIsToldOnceAndTheLadderBeginsAnew() {
        report(picture, 100, true, true);
        stuck(picture, 4, true);
        assertThat(report(picture, 100, true, true)).isNull();
        assertThat(picture.healedBy()).isEqualTo(HealRung.REMAP);
        assertThat(picture.healedBy()).isNull();
        nowNs += PairHealth.WINDOW_NS;
        assertThat(stuck(picture, 1, true)).containsExactly(HealRung.KEY_FRAME);
    }

    @Test
    void atMostFourRungsAMinuteHoweverOftenItBreaks() {
        SplittableRandom random = new SplittableRandom(1);
        List<Long> climbedNs = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            HealRung rung = report(picture, 60, random.nextBoolean(), random.nextInt(3) == 0);
            if (rung != null && rung != HealRung.NONE) {
                climbedNs.add(nowNs);
            }
        }
        assertThat(climbedNs).hasSizeGreaterThan(100);
        for (int i = 1; i < climbedNs.size(); i++) {
            assertThat(climbedNs.get(i) - climbedNs.get(i - 1)).isGreaterThanOrEqualTo(PairHealth.APART_NS);
        }
        for (int i = PairHealth.RUNGS_IN_WINDOW; i < climbedNs.size(); i++) {
            assertThat(climbedNs.get(i) - climbedNs.get(i - PairHealth.RUNGS_IN_WINDOW))
                    .isGreaterThanOrEqualTo(PairHealth.WINDOW_NS);
        }
    }

    @Test
    void nothingIsExpectedRightAfterItWasHidden() {
        report(picture, 100, true, true);
        sent += 1_000;
        picture.idle();
        assertThat(report(picture, 100, false, false)).isNull();
        assertThat(report(picture, 100, false, false)).isEqualTo(HealRung.KEY_FRAME);
    }

    @Test
    void fewPacketsProveNothing() {
        report(picture, 100, true, true);
        for (int i = 0; i < 3; i++) {
            assertThat(report(picture, 6, true, false)).isNull();
        }
        assertThat(report(picture, 6, true, false)).isEqualTo(HealRung.KEY_FRAME);
    }
}
