package dev.parley.sfu.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.ChunkReader;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.PacketHeader;
import dev.parley.sfu.sctp.packet.PacketWriter;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.sctp.packet.SackChunk;
import dev.parley.sfu.sctp.tx.RetransmissionQueue.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetransmissionQueueTest {
    private static final int PACKET_BYTES = 1188;
    private static final int FULL = 1160;
    private static final int FIRST = 100;
    private static final int SEND_BYTES = 1024 * 1024;
    private static final int WINDOW = 200_000;

    private final SendQueue queue = new SendQueue(SEND_BYTES, stream -> {});
    private final Counters counters = new Counters();
    private RetransmissionQueue tx = queue(false);
    private long nowNs = 1_000_000_000;

    private RetransmissionQueue queue(boolean interleaved) {
        return new RetransmissionQueue(queue, FIRST, WINDOW, PACKET_BYTES, SEND_BYTES, interleaved, true, counters);
    }

    private void add(int stream, int bytes, int retransmissionsMax, long expiresNs) {
        OutgoingMessage message =
                new OutgoingMessage(stream, 53, Payload.of(new byte[bytes]), false, retransmissionsMax, expiresNs);
        assertThat(queue.add(message, nowNs)).isTrue();
    }

    private void add(int bytes) {
        add(0, bytes, OutgoingMessage.ENDLESS, Deadlines.NEVER);
    }

    /// TSNs of all that leaves now, packet by packet.
    private List<Integer> flush() {
        List<Integer> tsns = new ArrayList<>();
        PacketWriter w = new PacketWriter(PACKET_BYTES).begin(1, 1, 1);
        while (tx.fill(w, nowNs)) {
            byte[] packet = Arrays.copyOf(w.array(), w.finish(true));
            WireReader reader = WireReader.of(packet);
            PacketHeader.parse(reader);
            ChunkReader chunks = new ChunkReader(reader);
            for (@Nullable Chunk c = chunks.next(); c != null; c = chunks.next()) {
                tsns.add(((DataChunk) c).header().tsn());
            }
            w.begin(1, 1, 1);
        }
        return tsns;
    }

    private Verdict sack(int cumulative, int... gaps) {
        return tx.onSack(new SackChunk(cumulative, WINDOW, gaps, new int[0]), nowNs);
    }

    @Test
    void beginsWithTenPackets() {
        add(20 * FULL);
        assertThat(flush()).hasSize(11).first().isEqualTo(FIRST);
    }

    /// Slow start: each acknowledgement of two packets lets two leave and widens the window by two more.
    @Test
    void slowStartDoublesTheWindowInARoundTrip() {
        add(100 * FULL);
        int first = flush().size();
        nowNs += 50_000_000;
        int second = 0;
        for (int acknowledged = 2; acknowledged <= first; acknowledged += 2) {
            sack(FIRST + acknowledged - 1);
            second += flush().size();
        }
        assertThat(second).isBetween(2 * first - 3, 2 * first + 1);
    }

    @Test
    void theThirdReportSendsAgainAndHalvesTheWindow() {
        add(100 * FULL);
        flush();
        long before = tx.windowBytes();
        sack(FIRST, 2, 2);
        flush();
        sack(FIRST, 2, 3);
        flush();
        assertThat(tx.windowBytes()).isGreaterThanOrEqualTo(before);
        long atLoss = tx.windowBytes();
        sack(FIRST, 2, 4);
        assertThat(flush()).first().isEqualTo(FIRST + 1);
        assertThat(tx.windowBytes()).isEqualTo(atLoss / 2);
        sack(FIRST, 2, 5);
        assertThat(tx.windowBytes()).isEqualTo(atLoss / 2);
    }

    /// What RFC 9260 leaves to the timer: three reports of what left after the repetition.
    @Test
    void aLostRepetitionIsSentAgainWithoutTheTimer() {
        add(100 * FULL);
        int last = flush().size();
        for (int i = 2; i <= 4; i++) {
            sack(FIRST, 2, i);
        }
        assertThat(flush()).contains(FIRST + 1);
        for (int i = 5; i <= last; i++) {
            sack(FIRST, 2, i - 1);
            flush();
        }
        int again = 0;
        for (int i = last + 1; i <= last + 4; i++) {
            sack(FIRST, 2, i - 1);
            again += (int) flush().stream().filter(tsn -> tsn == FIRST + 1).count();
        }
        assertThat(again).isEqualTo(1);
    }

    @Test
    void theTimerSendsOnePacketAndDoubles() {
        add(5 * FULL);
        assertThat(flush()).hasSize(5);
        long due = tx.nextTimeNs();
        assertThat(due - nowNs).isEqualTo(500_000_000);
        nowNs = due;
        assertThat(tx.onTime(nowNs)).isTrue();
        assertThat(flush()).containsExactly(FIRST, FIRST + 1);
        assertThat(tx.nextTimeNs() - nowNs).isEqualTo(1_000_000_000);
        sack(FIRST + 4);
        assertThat(tx.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        assertThat(tx.isIdle()).isTrue();
        assertThat(queue.cost()).isZero();
    }

    @Test
    void learnsTheRoundTripFromWhatWasSentOnce() {
        add(FULL);
        flush();
        nowNs += 80_000_000;
        sack(FIRST);
        assertThat(tx.timeout().smoothedNs()).isEqualTo(80_000_000);
        add(FULL);
        flush();
        nowNs = tx.nextTimeNs();
        tx.onTime(nowNs);
        flush();
        nowNs += 1_000_000;
        sack(FIRST + 1);
        assertThat(tx.timeout().smoothedNs()).isEqualTo(80_000_000);
    }

    @Test
    void oldAndImpossibleAcknowledgementsAreToldApart() {
        add(3 * FULL);
        flush();
        assertThat(sack(FIRST + 1)).isEqualTo(Verdict.TAKEN);
        assertThat(sack(FIRST)).isEqualTo(Verdict.OLD);
        assertThat(sack(FIRST + 3)).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(sack(FIRST + 1, 2, 2)).isEqualTo(Verdict.IMPOSSIBLE);
        assertThat(sack(FIRST + 2)).isEqualTo(Verdict.TAKEN);
    }

    /// A peer short of memory dropped what it had acknowledged beyond a gap.
    @Test
    void whatThePeerTookBackIsSentAgain() {
        add(3 * FULL);
        flush();
        sack(FIRST, 2, 2);
        sack(FIRST + 1);
        assertThat(flush()).containsExactly(FIRST + 2);
    }

    @Test
    void aMessageThatIsSentOnceIsGivenUpAndThePeerIsTold() {
        add(0, FULL, 0, Deadlines.NEVER);
        add(3, FULL, OutgoingMessage.ENDLESS, Deadlines.NEVER);
        flush();
        nowNs = tx.nextTimeNs();
        tx.onTime(nowNs);
        assertThat(tx.forwardDue()).isTrue();
        ForwardTsnChunk forward = tx.forward(1000, nowNs);
        assertThat(forward.newCumulativeTsn()).isEqualTo(FIRST);
        assertThat(forward.skipped()).containsExactly(new ForwardTsnChunk.Skipped(0, false, 0));
        assertThat(flush()).containsExactly(FIRST + 1);
        sack(FIRST + 1);
        assertThat(queue.cost()).isZero();
    }

    /// All that left was acknowledged, and yet the peer must learn that the rest will not come.
    @Test
    void theRestOfAMessageThatExpiredIsGivenUp() {
        add(0, 50 * FULL, OutgoingMessage.ENDLESS, nowNs + 10_000_000);
        int sent = flush().size();
        nowNs += 20_000_000;
        sack(FIRST + sent - 1);
        assertThat(flush()).isEmpty();
        assertThat(tx.forwardDue()).isTrue();
        assertThat(tx.forward(1000, nowNs).newCumulativeTsn()).isEqualTo(FIRST + sent);
        assertThat(queue.cost()).isZero();
        assertThat(tx.nextTimeNs()).isNotEqualTo(Deadlines.NEVER);
        sack(FIRST + sent);
        assertThat(tx.isIdle()).isTrue();
    }

    @Test
    void whatExpiredBeforeItBeganIsNeverSent() {
        add(0, FULL, OutgoingMessage.ENDLESS, nowNs + 10_000_000);
        nowNs += 20_000_000;
        add(FULL);
        assertThat(flush()).hasSize(1);
        assertThat(queue.unsentBytes()).isZero();
    }

    @Test
    void aClosedWindowIsProbedWithOneChunk() {
        add(20 * FULL);
        int sent = flush().size();
        tx.onSack(new SackChunk(FIRST + sent - 1, 0, new int[0], new int[0]), nowNs);
        assertThat(flush()).hasSize(1);
        assertThat(flush()).isEmpty();
    }

    @Test
    void aWindowThatWasNotUsedDoesNotGrow() {
        long before = tx.windowBytes();
        for (int i = 0; i < 20; i++) {
            add(100);
            flush();
            sack(FIRST + i);
        }
        assertThat(tx.windowBytes()).isEqualTo(before);
    }
}
