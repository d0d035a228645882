package dev.parley.sfu.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ArrivalRecorderTest {
    private static final int CAPACITY = 1024;
    private static final long MS = 1_000_000L;

    private final ArrivalRecorder recorder = new ArrivalRecorder(CAPACITY);
    private final Packet out = Packets.of(new byte[0], 0xee);
    private final RtcpWriter writer = new RtcpWriter(out, 1200);
    /// What the sender has learnt: arrival by number, negative for lost.
    private final Map<Integer, Long> learnt = new LinkedHashMap<>();

    private final TransportFeedback.Arrivals sender = new TransportFeedback.Arrivals() {
        @Override
        public void received(int seq, long arrivalNs) {
            learnt.put(seq, arrivalNs);
        }

        @Override
        public void lost(int firstSeq, int count) {
            for (int i = 0; i < count; i++) {
                learnt.putIfAbsent(firstSeq + i & 0xffff, -1L);
            }
        }
    };

    private int feedback(int bytesMax) {
        int messages = 0;
        while (recorder.pending()) {
            writer.begin(out, bytesMax);
            assertThat(recorder.write(writer, 1, 2)).isTrue();
            assertThat(out.length()).isLessThanOrEqualTo(bytesMax);
            assertThat(RtcpReader.read(out, new RtcpVisitor() {
                        @Override
                        public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
                            assertThat(TransportFeedback.read(packet, at, length, sender))
                                    .isTrue();
                        }
                    }))
                    .isTrue();
            messages++;
        }
        return messages;
    }

    @Test
    void nothingToSayBeforeTheFirstPacket() {
        assertThat(recorder.pending()).isFalse();
        assertThat(recorder.write(writer, 1, 2)).isFalse();
        assertThat(writer.length()).isZero();
    }

    @Test
    void tellsWhatCameAndWhatDidNot() {
        recorder.record(0xffff, 10 * MS);
        recorder.record(2, 12 * MS);
        recorder.record(1, 13 * MS);
        assertThat(feedback(1200)).isEqualTo(1);
        assertThat(learnt)
                .containsExactly(
                        Map.entry(0xffff, 10 * MS), Map.entry(0, -1L), Map.entry(1, 13 * MS), Map.entry(2, 12 * MS));
        assertThat(recorder.arrived()).isEqualTo(3);
    }

    @Test
    void messagesContinueAndAreCounted() {
        recorder.record(1, 0);
        feedback(1200);
        assertThat(out.u8(19)).isZero();
        recorder.record(4, MS);
        feedback(1200);
        assertThat(out.u8(19)).isEqualTo(1);
        assertThat(out.u16(12)).as("base sequence number").isEqualTo(2);
        assertThat(learnt).containsOnlyKeys(1, 2, 3, 4);
    }

    @Test
    void aPacketThatComesAfterItsReportIsReportedAgain() {
        recorder.record(1, 0);
        recorder.record(3, MS);
        feedback(1200);
        assertThat(learnt).containsEntry(2, -1L);
        recorder.record(2, 2 * MS);
        feedback(1200);
        assertThat(learnt).containsEntry(2, 2 * MS);
        assertThat(out.u16(12)).isEqualTo(2);
    }

    @Test
    void theFirstArrivalOfADuplicateCounts() {
        recorder.record(1, 0);
        recorder.record(1, 9 * MS);
        assertThat(recorder.arrived()).isEqualTo(1);
        feedback(1200);
        assertThat(learnt).containsExactly(Map.entry(1, 0L));
        recorder.record(1, 9 * MS);
        assertThat(recorder.pending()).isFalse();
    }

    @Test
    void aPauseThatNoDeltaHoldsBeginsANewMessage() {
        recorder.record(1, 0);
        recorder.record(2, 20_000 * MS);
        assertThat(feedback(1200)).isEqualTo(2);
        assertThat(learnt).containsExactly(Map.entry(1, 0L), Map.entry(2, 20_000 * MS));
    }

    @Test
    void splitsWhatDoesNotFitOneDatagram() {
        for (int i = 0; i < 900; i++) {
            recorder.record(i, i * 70L * MS);
        }
        assertThat(feedback(400)).isGreaterThan(4);
        assertThat(learnt).hasSize(900);
    }

    @Test
    void forgetsWhatIsTooOldToRemember() {
        recorder.record(0, 0);
        recorder.record(20_000, MS);
        recorder.record(10_000, 2 * MS);
        feedback(1200);
        assertThat(learnt).hasSize(CAPACITY).containsEntry(20_000, MS).doesNotContainKey(10_000);
    }

    @Test
    void staysPendingWhenThereIsNoRoom() {
        recorder.record(1, 0);
        writer.begin(out, 20);
        assertThat(recorder.write(writer, 1, 2)).isFalse();
        assertThat(recorder.pending()).isTrue();
    }

    @Test
    void clocksMayBeBelowZeroOrFarAhead() {
        for (long origin : new long[] {-5_000_000 * MS, 400L * 24 * 3600 * 1000 * MS}) {
            ArrivalRecorder other = new ArrivalRecorder(CAPACITY);
            other.record(1, origin);
            other.record(2, origin + 7 * MS);
            writer.begin(out, 1200);
            assertThat(other.write(writer, 1, 2)).isTrue();
            learnt.clear();
            assertThat(TransportFeedback.read(out, 12, out.length() - 12, sender))
                    .isTrue();
            assertThat(arrival(2) - arrival(1)).isEqualTo(7 * MS);
        }
    }

    private long arrival(int seq) {
        return learnt.getOrDefault(seq, Long.MIN_VALUE);
    }

    @Test
    void whatArrivesIsWhatTheSenderLearns() {
        Fuzz.random(5_000, random -> {
            learnt.clear();
            ArrivalRecorder other = new ArrivalRecorder(CAPACITY);
            Map<Integer, Long> truth = arrivals(random);
            int bytesMax = 60 + random.nextInt(1140);
            int recorded = 0;
            for (Map.Entry<Integer, Long> arrival : truth.entrySet()) {
                other.record(arrival.getKey(), arrival.getValue());
                if (++recorded % 100 == 0) {
                    drain(other, bytesMax);
                }
            }
            drain(other, bytesMax);
            truth.forEach((seq, ns) -> assertThat(arrival(seq))
                    .isEqualTo(Math.floorDiv(ns, TransportFeedback.TICK_NS) * TransportFeedback.TICK_NS));
            learnt.forEach((seq, ns) -> assertThat(ns >= 0).isEqualTo(truth.containsKey(seq)));
        });
    }

    /// Up to 400 numbers with holes, some swapped with their neighbours, at times up to a few seconds apart.
    private static Map<Integer, Long> arrivals(SplittableRandom random) {
        Map<Integer, Long> arrivals = new LinkedHashMap<>();
        int seq = random.nextInt(1 << 16);
        long ns = random.nextLong(1_000_000 * MS);
        double loss = random.nextDouble() * 0.5;
        int spread = 1 + random.nextInt(3);
        for (int i = random.nextInt(400); i >= 0; i--, seq++) {
            int late = random.nextInt(spread);
            ns += random.nextLong(random.nextInt(50) == 0 ? 10_000 * MS : 3 * MS);
            if (random.nextDouble() >= loss) {
                arrivals.putIfAbsent(seq - late & 0xffff, ns);
            }
        }
        return arrivals;
    }

    private void drain(ArrivalRecorder other, int bytesMax) {
        while (other.pending()) {
            writer.begin(out, bytesMax);
            assertThat(other.write(writer, 1, 2)).isTrue();
            assertThat(out.length()).isLessThanOrEqualTo(bytesMax);
            assertThat(TransportFeedback.read(out, 12, out.length() - 12, sender))
                    .isTrue();
        }
    }

    @Test
    void allocatesNothing() {
        int[] seq = {0};
        long bytes = Allocations.of(20_000, () -> {
            recorder.record(seq[0] & 0xffff, seq[0] * 2L * MS);
            if (++seq[0] % 50 == 0) {
                writer.begin(out, 1200);
                recorder.write(writer, 1, 2);
            }
        });
        assertThat(bytes).isZero();
    }
}
