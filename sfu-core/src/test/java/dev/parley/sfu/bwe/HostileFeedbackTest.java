package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Receivers that lie: the estimate stays between the least and a bound that follows from what they were really sent.
final class HostileFeedbackTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int REPORTS = 200_000;
    private static final int REPORTS_A_RUN = 200;
    private static final long WANTED_BPS = 2_500_000;

    private final Counters counters = new Counters();
    private BandwidthEstimator estimator = new BandwidthEstimator(Limits.defaults(), counters);
    private long nowNs = 77 * SECOND;
    private int seq;
    private int unreported;

    /// 500 kbit/s, and what the probes ask for.
    private void send(int durationMs) {
        for (int ms = 0; ms < durationMs; ms += 10) {
            nowNs += 10 * MS;
            sent(625, SentKind.VIDEO);
            estimator.onTime(nowNs);
            for (int due = estimator.paddingDue(nowNs); due > 0; due = estimator.paddingDue(nowNs)) {
                sent(due, SentKind.PADDING);
            }
        }
    }

    private void sent(int bytes, SentKind kind) {
        estimator.sent(seq, bytes, kind, nowNs);
        seq = seq + 1 & 0xffff;
    }

    private void expectBounded() {
        long bps = estimator.targetBps(nowNs);
        assertThat(bps).isBetween(30_000L, Math.round(1.5 * WANTED_BPS));
        assertThat(estimator.loss()).isBetween(0.0, 1.0);
        assertThat(estimator.pacer().allowedAtNs(1200, nowNs)).isLessThan(nowNs + 2 * SECOND);
    }

    private void restart() {
        estimator = new BandwidthEstimator(Limits.defaults(), counters);
        estimator.wanted(WANTED_BPS);
        estimator.begin(nowNs);
        estimator.beginProbes(nowNs);
        seq = 0;
        unreported = 0;
    }

    @Test
    @DisplayName("hostile C08 feedback of 10 Gbit/s")
    void hostile_C08_feedbackOfTenGigabits() {
        restart();
        for (int i = 0; i < 1_200; i++) {
            send(100);
            estimator.beginReport(nowNs);
            for (; unreported != seq; unreported = unreported + 1 & 0xffff) {
                estimator.received(unreported, nowNs + unreported % 4 * 250_000L);
            }
            estimator.endReport();
            expectBounded();
        }
        estimator.remb(10_000_000_000L, nowNs);
        expectBounded();
    }

    @Test
    @DisplayName("hostile C08 an estimate of 0, and nothing acknowledged")
    void hostile_C08_nothingArrives() {
        restart();
        estimator.remb(0, nowNs);
        send(1_000);
        assertThat(estimator.targetBps(nowNs)).isEqualTo(30_000);
        for (int i = 0; i < 600; i++) {
            send(100);
            estimator.beginReport(nowNs);
            estimator.lost(unreported, seq - unreported & 0xffff);
            unreported = seq;
            estimator.endReport();
            expectBounded();
        }
        assertThat(estimator.targetBps(nowNs)).isLessThan(150_000);
    }

    @Test
    @DisplayName("hostile C08 acknowledgements of what was never sent")
    void hostile_C08_neverSent() {
        restart();
        send(1_000);
        long before = estimator.targetBps(nowNs);
        estimator.beginReport(nowNs);
        for (int i = 0; i < 30_000; i++) {
            estimator.received(seq + i & 0xffff, nowNs + i * 1000L);
        }
        estimator.lost(seq, 30_000);
        estimator.endReport();
        assertThat(estimator.targetBps(nowNs)).isEqualTo(before);
        assertThat(counters.get(SfuCounter.FEEDBACK_REJECTED)).isEqualTo(30_000);
    }

    @Test
    @DisplayName("hostile C08 each packet acknowledged a thousand times")
    void hostile_C08_acknowledgedAgainAndAgain() {
        restart();
        for (int i = 0; i < 100; i++) {
            send(100);
            for (int again = 0; again < 1_000; again++) {
                estimator.beginReport(nowNs);
                estimator.received(seq - 1 & 0xffff, nowNs + again * MS);
                estimator.endReport();
            }
            expectBounded();
        }
    }

    /// Times backwards, far ahead, frozen; numbers old, new and never sent; reports without an end, or twice.
    @Test
    @DisplayName("hostile C08 random reports")
    void hostile_C08_randomReports() {
        Fuzz.random(Fuzz.runs(REPORTS) / REPORTS_A_RUN, random -> {
            restart();
            long clockNs = random.nextLong();
            for (int i = 0; i < REPORTS_A_RUN; i++) {
                send(10 * random.nextInt(1, 30));
                clockNs = random.nextInt(10) == 0 ? random.nextLong() : clockNs + random.nextLong(200 * MS);
                report(random, clockNs);
                expectBounded();
            }
        });
    }

    private void report(SplittableRandom random, long clockNs) {
        if (random.nextInt(20) == 0) {
            estimator.remb(random.nextLong(), nowNs);
        }
        estimator.beginReport(nowNs);
        int from = random.nextInt(4) == 0 ? random.nextInt(1 << 16) : unreported;
        int count = random.nextInt(60);
        long atNs = clockNs;
        for (int i = 0; i < count; i++) {
            int number = from + i & 0xffff;
            atNs += random.nextInt(8) == 0 ? random.nextLong(-SECOND, SECOND) : random.nextLong(5 * MS);
            if (random.nextInt(6) == 0) {
                estimator.lost(number, random.nextInt(1, 8192));
            } else {
                estimator.received(number, atNs);
            }
        }
        if (random.nextInt(10) > 0) {
            estimator.endReport();
        }
        unreported = seq;
    }
}
