package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import org.junit.jupiter.api.Test;

final class BandwidthEstimatorTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final int BYTES = 1000;

    private final Counters counters = new Counters();
    private final BandwidthEstimator estimator = new BandwidthEstimator(Limits.defaults(), counters);
    private long nowNs = 50 * SECOND;
    private int seq = 65_000;
    private int reported = seq;
    private final long[] sentNs = new long[1 << 16];

    BandwidthEstimatorTest() {
        estimator.begin(nowNs);
    }

    private void send(SentKind kind) {
        estimator.beginProbes(nowNs);
        sentNs[seq] = nowNs;
        estimator.sent(seq, BYTES, kind, nowNs);
        seq = seq + 1 & 0xffff;
    }

    /// Tells that all packets arrived 30 ms after they were sent.
    private void reportAll() {
        estimator.beginReport(nowNs);
        for (; reported != seq; reported = reported + 1 & 0xffff) {
            estimator.received(reported, sentNs[reported] + 30 * MS);
        }
        estimator.endReport();
    }

    /// A packet each 10 ms, a report each 100 ms, on a link without an end.
    private void flow(int durationMs) {
        for (int ms = 0; ms < durationMs; ms += 10) {
            nowNs += 10 * MS;
            send(SentKind.VIDEO);
            probe();
            if (ms % 100 == 90) {
                reportAll();
            }
        }
    }

    private void probe() {
        for (int due = estimator.paddingDue(nowNs); due > 0; due = estimator.paddingDue(nowNs)) {
            send(SentKind.PADDING);
        }
    }

    private long target() {
        return estimator.targetBps(nowNs);
    }

    @Test
    void beginsWithThreeHundred() {
        assertThat(target()).isEqualTo(300_000);
        assertThat(estimator.nextTimeNs(nowNs)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void probesAtTheFirstPacketAndCountsIt() {
        estimator.wanted(3_000_000);
        send(SentKind.AUDIO);
        assertThat(estimator.nextTimeNs(nowNs)).isEqualTo(nowNs);
        probe();
        assertThat(counters.get(SfuCounter.PROBES_SENT)).isEqualTo(1);
        assertThat(estimator.nextTimeNs(nowNs)).isGreaterThan(nowNs);
    }

    @Test
    void goesUpWhereEverythingArrivesAndNotFarBeyondWhatIsSent() {
        estimator.wanted(1_000_000);
        flow(20_000);
        assertThat(target()).isBetween(800_000L, 1_510_000L);
        assertThat(estimator.loss()).isZero();
        assertThat(estimator.roundTripNs()).isBetween(0L, 100 * MS);
    }

    @Test
    void knowsThatLittleIsSent() {
        estimator.wanted(3_000_000);
        flow(10_000);
        assertThat(estimator.applicationLimited()).isFalse();
        for (int i = 0; i < 50; i++) {
            nowNs += 100 * MS;
            send(SentKind.AUDIO);
            reportAll();
        }
        assertThat(estimator.applicationLimited()).isTrue();
    }

    @Test
    void aReceiversOwnEstimateIsACeilingForAWhile() {
        estimator.wanted(1_000_000);
        flow(10_000);
        estimator.remb(400_000, nowNs);
        assertThat(target()).isEqualTo(400_000);
        flow(1_000);
        assertThat(target()).isEqualTo(400_000);
        flow(10_000);
        assertThat(target()).isGreaterThan(700_000);
    }

    @Test
    void aReceiversOwnEstimateIsAllThereIsWhereNoReportsCome() {
        for (int i = 0; i < 100; i++) {
            nowNs += 10 * MS;
            estimator.sentWithoutNumber(BYTES, SentKind.VIDEO, nowNs);
        }
        estimator.remb(1_700_000, nowNs);
        assertThat(target()).isEqualTo(1_700_000);
        estimator.remb(0, nowNs);
        assertThat(target()).isEqualTo(30_000);
        estimator.remb(10_000_000_000L, nowNs);
        assertThat(target()).isEqualTo(Limits.defaults().sendBps());
        assertThat(estimator.nextTimeNs(nowNs)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void halvesEachHalfSecondWithoutReportsAndComesBack() {
        estimator.wanted(1_000_000);
        flow(10_000);
        long before = target();
        send(SentKind.VIDEO);
        nowNs += 990 * MS;
        estimator.onTime(nowNs);
        assertThat(target()).isEqualTo(before);
        nowNs += 10 * MS;
        assertThat(estimator.nextTimeNs(nowNs)).isLessThanOrEqualTo(nowNs);
        estimator.onTime(nowNs);
        assertThat(target()).isBetween(before / 2 - 1, before / 2 + 1);
        for (int i = 0; i < 20; i++) {
            nowNs += 500 * MS;
            estimator.onTime(nowNs);
        }
        assertThat(target()).isEqualTo(30_000);
        reportAll();
        assertThat(target()).isGreaterThan(before / 3);
    }

    @Test
    void whatIsLostInAnOutageIsNoLoss() {
        estimator.wanted(1_000_000);
        flow(10_000);
        int first = seq;
        for (int i = 0; i < 150; i++) {
            nowNs += 10 * MS;
            send(SentKind.VIDEO);
        }
        nowNs += 10 * MS;
        send(SentKind.VIDEO);
        estimator.beginReport(nowNs);
        estimator.lost(first, 150);
        estimator.received(seq - 1 & 0xffff, nowNs);
        estimator.endReport();
        assertThat(estimator.loss()).isZero();
    }

    @Test
    void aLinkThatLosesHalfIsGivenLess() {
        estimator.wanted(1_000_000);
        flow(10_000);
        long before = target();
        for (int i = 0; i < 300; i++) {
            nowNs += 10 * MS;
            send(SentKind.VIDEO);
            if (i % 10 == 9) {
                estimator.beginReport(nowNs);
                for (; reported != seq; reported = reported + 1 & 0xffff) {
                    if (reported % 2 == 0) {
                        estimator.received(reported, nowNs);
                    } else {
                        estimator.lost(reported, 1);
                    }
                }
                estimator.endReport();
            }
        }
        assertThat(estimator.loss()).isGreaterThan(0.3);
        assertThat(target()).isLessThan(before / 2);
    }

    @Test
    void voiceAndPictureSpendTheBudgetAndPaddingDoesNot() {
        send(SentKind.AUDIO);
        int room = 300_000 / 8 / 20 + 2 * Limits.defaults().datagramBytes() - BYTES;
        assertThat(estimator.pacer().allows(room, nowNs)).isTrue();
        assertThat(estimator.pacer().allows(room + 1, nowNs)).isFalse();
        send(SentKind.PADDING);
        assertThat(estimator.pacer().allows(room, nowNs)).isTrue();
        estimator.sentWithoutNumber(BYTES, SentKind.RTX, nowNs);
        assertThat(estimator.pacer().allows(room, nowNs)).isFalse();
    }

    @Test
    void allocatesNothingForAPacketOrAReport() {
        estimator.wanted(3_000_000);
        flow(5_000);
        assertThat(Allocations.of(2_000, () -> flow(100))).isZero();
    }

    @Test
    void neverMoreThanTheLimitWhateverArrives() {
        estimator.wanted(Long.MAX_VALUE);
        for (int second = 0; second < 90; second++) {
            for (int i = 0; i < 4_500; i++) {
                nowNs += SECOND / 4_500;
                send(SentKind.VIDEO);
                probe();
                if (i % 450 == 449) {
                    reportAll();
                }
            }
        }
        assertThat(target()).isLessThanOrEqualTo(Limits.defaults().sendBps()).isGreaterThan(20_000_000);
    }

    @Test
    void aCapIsTheMost() {
        estimator.wanted(3_000_000);
        estimator.cap(100_000, nowNs);
        assertThat(target()).isEqualTo(100_000);
        flow(3_000);
        assertThat(target()).isEqualTo(100_000);
        estimator.cap(Long.MAX_VALUE, nowNs);
        assertThat(target()).isGreaterThan(100_000);
    }
}
