package dev.parley.sfu.session;

import static dev.parley.sfu.session.PublisherRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.media.CaughtMedia;
import dev.parley.sfu.media.Downlink;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.rtp.NtpTime;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A client that publishes a camera and receives one slot with its own camera in it.
final class IncomingRtcpTest {
    private static final long WALL_OFFSET_NS = 1_700_000_000_000_000_000L;
    private static final int SLOT_SSRC = 500;
    private static final byte[] KEY_FRAME = {0x10, 0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 1, 2, 3};

    private final PublisherRig rig = PublisherRig.chromium();
    private final CaughtRtcp reports = new CaughtRtcp(rig.loop.packets());
    private final CaughtMedia media = new CaughtMedia(rig.loop.packets());
    private final Receptions receptions =
            new Receptions(reports, WALL_OFFSET_NS, new Allocation(MediaBudget.UNKNOWN, (_, _, _) -> {}));
    private final SendBudget budget = new SendBudget(rig.limits, rig.loop.counters(), () -> false);
    private final Downlink downlink = new Downlink(rig.limits, WALL_OFFSET_NS);
    private final IncomingRtcp rtcp =
            new IncomingRtcp(rig.publications, receptions, budget, downlink, rig.loop.counters(), WALL_OFFSET_NS);
    private final OutgoingTrack slot;

    IncomingRtcpTest() {
        Section section = PublisherRig.receiving("v", MediaKind.VIDEO, SLOT_SSRC, 0);
        slot = new OutgoingTrack(
                Reception.formatOf(section, false),
                new Feeds(rig.loop, rig.limits),
                media,
                rig.loop.counters(),
                rig.limits,
                Rng.seeded(1));
        receptions.add(section, slot);
        rig.loop.turn(() -> receptions.show(0, rig.track(1), null, 0));
        camera(1);
    }

    private void camera(int seq) {
        rig.receive(ClientRtp.of(21, PublisherRig.VP8, seq).mid("1").rid("q").payload(KEY_FRAME));
    }

    private void client(Consumer<RtcpWriter> says) {
        Packet packet = rig.loop.packets().take();
        RtcpWriter writer = new RtcpWriter(packet, 1200);
        says.accept(writer);
        rig.loop.turn(() -> rtcp.read(packet, rig.loop.nowNs()));
        packet.release();
    }

    @Test
    void aNackIsAnsweredPacketByPacket() {
        camera(2);
        camera(3);
        int seq = media.sent.getFirst().seq();
        client(w -> w.nack(1, SLOT_SSRC, new int[] {seq, seq + 2}, 2));
        assertThat(media.sent).hasSize(5);
        assertThat(media.sent.subList(3, 5)).allMatch(sent -> sent.ssrc() == SLOT_SSRC + 1);
    }

    @Test
    void aPliOrFirOfTheSlotReachesThePublisher() {
        rig.pass(1_000 * MS);
        client(w -> w.pli(1, SLOT_SSRC));
        rig.onTime();
        assertThat(rig.rtcp.take()).contains("pli 21");
        rig.pass(1_000 * MS);
        client(w -> w.fir(1, SLOT_SSRC, 1));
        rig.onTime();
        assertThat(rig.rtcp.take()).contains("pli 21");
    }

    @Test
    void whatConcernsNobodysStreamConcernsNobody() {
        rig.onTime();
        rig.rtcp.take();
        rig.pass(600 * MS);
        client(w -> {
            w.pli(1, 21); // its own publication, not a slot
            w.nack(1, 999, new int[] {1}, 1);
            w.bye(SLOT_SSRC);
        });
        rig.onTime();
        assertThat(rig.rtcp.take()).isEmpty();
        assertThat(media.sent).hasSize(1);
    }

    @Test
    void aReportTellsTheRoundTrip() {
        long sentNtp = NtpTime.ofUnixNs(rig.loop.nowNs() + WALL_OFFSET_NS);
        rig.pass(90 * MS);
        client(w -> {
            w.receiverReport(1);
            w.reportBlock(SLOT_SSRC, 0, 0, 1, 0, NtpTime.middle(sentNtp), NtpTime.shortOfNs(30 * MS));
        });
        assertThat(downlink.roundTripNs()).isBetween(59 * MS, 61 * MS);
    }

    @Test
    void mediaAndRetransmissionsAreNamedUntilAReportSpeaksOfThem() {
        int named = media.sent.getFirst().headerLength();
        report(SLOT_SSRC);
        camera(2);
        CaughtMedia.Sent known = media.sent.getLast();
        assertThat(known.headerLength()).isLessThan(named);
        client(w -> w.nack(1, SLOT_SSRC, new int[] {known.seq()}, 1));
        assertThat(media.sent.getLast().ssrc()).isEqualTo(SLOT_SSRC + 1);
        assertThat(media.sent.getLast().headerLength()).isEqualTo(named);
        report(SLOT_SSRC + 1);
        rig.pass(100 * MS);
        client(w -> w.nack(1, SLOT_SSRC, new int[] {known.seq()}, 1));
        assertThat(media.sent.getLast().headerLength()).isEqualTo(known.headerLength());
    }

    private void report(int ssrc) {
        client(w -> {
            w.receiverReport(1);
            w.reportBlock(ssrc, 0, 0, 1, 0, 0, 0);
        });
    }

    @Test
    void aSenderReportOfThePublisherStartsTheReportsOfItsViewers() {
        receptions.onTime(rig.loop.nowNs());
        reports.take();
        rig.pass(10 * MS);
        client(w -> w.senderReport(21, NtpTime.ofUnixNs(123_456_789_000_000L), 3_000, 1, 10));
        assertThat(receptions.nextTimeNs()).isLessThanOrEqualTo(rig.loop.nowNs());
        receptions.onTime(rig.loop.nowNs());
        assertThat(reports.take()).containsExactly("sr 500 packets 1");
    }

    @Test
    void aSlotIsReportedOnWithItsFirstPacketAndThenEachSecond() {
        receptions.onTime(rig.loop.nowNs());
        assertThat(reports.take()).containsExactly("sr 500 packets 1");
        rig.pass(999 * MS);
        receptions.onTime(rig.loop.nowNs());
        assertThat(reports.take()).isEmpty();
        camera(2);
        rig.pass(MS);
        receptions.onTime(rig.loop.nowNs());
        assertThat(reports.take()).containsExactly("sr 500 packets 2");
    }

    @Test
    void anyBytesAreCountedOrRead() {
        Fuzz.bytes(Fuzz.runs(20_000), 200, bytes -> {
            Packet packet = rig.loop.packets().take(bytes);
            rig.loop.turn(() -> rtcp.read(packet, rig.loop.nowNs()));
            packet.release();
        });
        assertThat(rig.count(SfuCounter.RTCP_MALFORMED)).isPositive();
        rig.loop.turn(() -> receptions.close(0));
        assertThat(rig.loop.packets().outstanding()).isZero();
    }

    @Test
    void rembCountsWhenItNamesAStreamOfOurs() {
        budget.reportsBy(false, true, true, 0);
        client(w -> w.remb(1, 400_000, new int[] {4711}, 1));
        assertThat(budget.estimateBps(0)).isEqualTo(Long.MAX_VALUE);
        client(w -> w.remb(1, 400_000, new int[] {4711, SLOT_SSRC + 1}, 2));
        assertThat(budget.estimateBps(0)).isEqualTo(400_000);
    }

    @Test
    void transportWideFeedbackReachesTheBudget() {
        budget.reportsBy(true, false, false, 0);
        client(w -> {
            ArrivalRecorder arrivals = new ArrivalRecorder(64);
            arrivals.record(7, MS);
            arrivals.write(w, 1, SLOT_SSRC);
        });
        assertThat(rig.count(SfuCounter.FEEDBACK_REJECTED)).as("never sent").isEqualTo(1);
        assertThat(rig.count(SfuCounter.RTCP_MALFORMED)).isZero();
    }
}
