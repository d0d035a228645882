package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuLevel;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import org.junit.jupiter.api.Test;

final class SendBudgetTest {
    private static final long MS = 1_000_000;
    private static final int BYTES = 1000;

    private final Counters counters = new Counters();
    private final PacketPool packets = new PacketPool(4);
    private final ArrivalRecorder arrivals = new ArrivalRecorder(1024);
    private boolean canPad = true;
    private final SendBudget budget = new SendBudget(Limits.defaults(), counters, () -> canPad);
    private long nowNs = 9_000 * MS;
    private int seq;

    private void transportWide() {
        budget.reportsBy(true, true, true, nowNs);
        budget.wanted(3_000_000);
    }

    private void send(SentKind kind, int bytes) {
        budget.sent(seq, bytes, kind, nowNs);
        arrivals.record(seq, nowNs + 30 * MS);
        seq = seq + 1 & 0xffff;
    }

    /// Pictures and probes as the budget allows, for a link without an end, with reports each 100 ms.
    private void flow(int durationMs) {
        for (int ms = 0; ms < durationMs; ms += 5) {
            nowNs += 5 * MS;
            while (budget.allows(BYTES, nowNs)) {
                send(SentKind.VIDEO, BYTES);
            }
            for (int due = budget.paddingDue(nowNs); due > 0; due = budget.paddingDue(nowNs)) {
                send(SentKind.PADDING, due);
            }
            if (ms % 100 == 95) {
                report();
            }
        }
    }

    private void report() {
        Packet packet = packets.take();
        arrivals.write(new RtcpWriter(packet, 1200), 1, 2);
        RtcpReader.read(packet, new RtcpVisitor() {
            @Override
            public void transportFeedback(int mediaSsrc, Packet p, int at, int length) {
                assertThat(budget.feedback(p, at, length, nowNs)).isTrue();
            }
        });
        packet.release();
    }

    @Test
    void whereTheClientReportsInNoWayNothingIsHeldBack() {
        budget.reportsBy(false, false, true, nowNs);
        budget.wanted(3_000_000);
        assertThat(budget.mediaBps(nowNs)).isEqualTo(Long.MAX_VALUE);
        assertThat(budget.estimateBps(nowNs)).isEqualTo(Long.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.allows(BYTES, nowNs)).isTrue();
            send(SentKind.VIDEO, BYTES);
        }
        assertThat(budget.nextTimeNs(nowNs)).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void whileNobodySpendsByItNothingIsHeldBack() {
        budget.reportsBy(true, false, true, nowNs);
        for (int i = 0; i < 1_000; i++) {
            send(SentKind.VIDEO, BYTES);
        }
        assertThat(budget.allows(BYTES, nowNs)).isTrue();
        assertThat(budget.allowedAtNs(BYTES, nowNs)).isEqualTo(nowNs);
        budget.wanted(1_000_000);
        assertThat(budget.allows(BYTES, nowNs)).isFalse();
    }

    @Test
    void beginsWithThreeHundredAndProbesForMore() {
        transportWide();
        assertThat(budget.estimateBps(nowNs)).isEqualTo(300_000);
        assertThat(budget.mediaBps(nowNs)).isEqualTo(285_000);
        flow(1_000);
        assertThat(counters.get(SfuCounter.PROBES_SENT)).isGreaterThanOrEqualTo(2);
        assertThat(budget.estimateBps(nowNs)).isGreaterThan(1_500_000);
    }

    @Test
    void probesNothingWhereNothingCanBePaddedWith() {
        canPad = false;
        transportWide();
        flow(1_000);
        assertThat(counters.get(SfuCounter.PROBES_SENT)).isZero();
        canPad = true;
        flow(300);
        assertThat(counters.get(SfuCounter.PROBES_SENT)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aViewerWithoutRetransmissionsIsNotProbed() {
        budget.reportsBy(true, true, false, nowNs);
        budget.wanted(3_000_000);
        flow(1_000);
        assertThat(counters.get(SfuCounter.PROBES_SENT)).isZero();
    }

    @Test
    void voicesAndRepairsAreNotForPictures() {
        transportWide();
        for (int ms = 0; ms < 5_000; ms += 20) {
            nowNs += 20 * MS;
            send(SentKind.AUDIO, 100);
            send(SentKind.RTX, 50);
            report();
        }
        double all = budget.estimateBps(nowNs);
        assertThat((double) budget.mediaBps(nowNs)).isCloseTo(0.95 * all - 40_000 - 20_000, within(3_000.0));
        nowNs += 10_000 * MS;
        assertThat(budget.mediaBps(nowNs)).isEqualTo(Math.round(0.95 * budget.estimateBps(nowNs)));
    }

    @Test
    void rembIsTakenWhereThereIsNothingBetter() {
        budget.reportsBy(false, true, true, nowNs);
        budget.wanted(3_000_000);
        assertThat(budget.estimateBps(nowNs)).as("before the first").isEqualTo(Long.MAX_VALUE);
        budget.remb(700_000, nowNs);
        assertThat(budget.estimateBps(nowNs)).isEqualTo(700_000);
        send(SentKind.VIDEO, 100_000);
        assertThat(budget.allows(BYTES, nowNs)).isFalse();
        assertThat(counters.get(SfuLevel.LINES_MEDIUM)).isEqualTo(1);
        budget.remb(90_000, nowNs);
        assertThat(counters.get(SfuLevel.LINES_MEDIUM)).isZero();
        assertThat(counters.get(SfuLevel.LINES_TINY)).isEqualTo(1);
        budget.close();
        assertThat(counters.get(SfuLevel.LINES_TINY)).isZero();
    }

    @Test
    void rembIsIgnoredBesideTransportWideReports() {
        transportWide();
        budget.remb(50_000, nowNs);
        assertThat(budget.estimateBps(nowNs)).isEqualTo(300_000);
    }

    @Test
    void aCapHoldsWhateverTheLineCarries() {
        transportWide();
        budget.cap(400_000, nowNs);
        flow(2_000);
        assertThat(budget.estimateBps(nowNs)).isEqualTo(400_000);
        budget.cap(Long.MAX_VALUE, nowNs);
        flow(6_000);
        assertThat(budget.estimateBps(nowNs)).isGreaterThan(1_000_000);
    }

    @Test
    void aCapHoldsAlsoWhereNothingElseIsKnown() {
        budget.reportsBy(false, false, true, nowNs);
        budget.wanted(2_000_000);
        budget.cap(500_000, nowNs);
        assertThat(budget.mediaBps(nowNs)).isEqualTo(475_000);
        assertThat(budget.mediaUnderCapBps(nowNs)).isEqualTo(475_000);
        send(SentKind.VIDEO, 100_000);
        assertThat(budget.allows(BYTES, nowNs)).isFalse();
        budget.cap(Long.MAX_VALUE, nowNs);
        assertThat(budget.allows(BYTES, nowNs)).isTrue();
        assertThat(budget.mediaBps(nowNs)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFurtherOfferWithoutReportsEndsIt() {
        transportWide();
        budget.reportsBy(false, false, true, nowNs);
        assertThat(budget.mediaBps(nowNs)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aMalformedReportChangesNothing() {
        transportWide();
        Packet packet = packets.take();
        packet.length(8);
        assertThat(budget.feedback(packet, 0, 4, nowNs)).isFalse();
        assertThat(budget.estimateBps(nowNs)).isEqualTo(300_000);
        packet.release();
    }

    @Test
    void saysWhenItHasToBeAskedAgain() {
        transportWide();
        assertThat(budget.nextTimeNs(nowNs)).isEqualTo(Deadlines.NEVER);
        assertThat(budget.sent(0, BYTES, SentKind.AUDIO, nowNs)).isTrue();
        assertThat(budget.nextTimeNs(nowNs)).isEqualTo(nowNs + 1_000 * MS);
        assertThat(budget.sent(1, BYTES, SentKind.AUDIO, nowNs)).isFalse();
        nowNs += 1_000 * MS;
        budget.onTime(nowNs);
        assertThat(budget.estimateBps(nowNs)).as("nobody reports").isEqualTo(150_000);
        budget.close();
        assertThat(budget.nextTimeNs(nowNs)).isEqualTo(Deadlines.NEVER);
    }
}
