package dev.parley.sfu.rtp.rtcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.ReceiveStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RtcpWriterTest {
    private static final int BYTES_MAX = 1200;

    private final Packet out = Packets.of(new byte[0], 0xee);
    private final RtcpWriter writer = new RtcpWriter(out, BYTES_MAX);

    private List<String> readBack() {
        RecordingVisitor visitor = new RecordingVisitor();
        assertThat(RtcpReader.read(out, visitor)).isTrue();
        assertThat(writer.length()).isEqualTo(out.length());
        return visitor.calls;
    }

    private void wrote(String digits) {
        assertThat(Packets.hex(out)).isEqualTo(digits.replace(" ", ""));
    }

    @Test
    void writesASenderReportWithABlock() {
        writer.senderReport(0xaabbccdd, 0xe000_0001_8000_0000L, 90_000, 100, 10_000);
        writer.reportBlock(0x11223344, 64, -2, 0x2_0005, 18, 0x12345678, 0x1_0000);
        wrote(RtcpSamples.SENDER_REPORT);
    }

    @Test
    void writesEachKindAsItIsOnTheWire() {
        writer.receiverReport(1);
        writer.reportBlock(0x11223344, 0, 3, 0xffff, 9, 0, 0);
        wrote(RtcpSamples.RECEIVER_REPORT);
        writer.begin(out, BYTES_MAX);
        writer.cname(0xaabbccdd, "alice1".getBytes(US_ASCII));
        wrote(RtcpSamples.CNAME);
        writer.begin(out, BYTES_MAX);
        writer.pli(1, 0x11223344);
        wrote(RtcpSamples.PLI);
        writer.begin(out, BYTES_MAX);
        writer.fir(1, 0x11223344, 7);
        wrote("84ce0004 00000001 00000000 11223344 07000000");
        writer.begin(out, BYTES_MAX);
        writer.remb(1, 1_000_000, new int[] {0x11223344, 0x55667788}, 2);
        assertThat(readBack()).containsExactly("remb 1000000 11223344 55667788");
        writer.begin(out, BYTES_MAX);
        writer.bye(0xaabbccdd);
        wrote("81cb0001 aabbccdd");
    }

    @Test
    void aNameEndsWithAtLeastOneZero() {
        for (int length = 0; length < 9; length++) {
            writer.begin(out, BYTES_MAX);
            assertThat(writer.cname(1, "x".repeat(length).getBytes(US_ASCII))).isTrue();
            assertThat(out.length() % 4).isZero();
            assertThat(out.length()).isGreaterThan(10 + length);
            assertThat(out.u8(10 + length)).isZero();
        }
        assertThat(writer.cname(1, new byte[256])).isFalse();
    }

    @Test
    void packsSequenceNumbersAcrossTheWrap() {
        writer.nack(1, 0x11223344, new int[] {0xfffe, 0xffff, 14, 15, 0x100}, 5);
        assertThat(readBack())
                .containsExactly(
                        "nack 1 of 11223344: 65534 8001",
                        "nack 1 of 11223344: 15 0000",
                        "nack 1 of 11223344: 256 0000");
    }

    @Test
    void everySequenceNumberThatIsAskedForIsOnTheWire() {
        Fuzz.random(20_000, random -> {
            int base = random.nextInt(1 << 16);
            TreeSet<Integer> offsets = new TreeSet<>();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                offsets.add(random.nextInt(random.nextBoolean() ? 60 : 10_000));
            }
            int[] seqs = offsets.stream().mapToInt(o -> base + o & 0xffff).toArray();
            writer.begin(out, BYTES_MAX);
            assertThat(writer.nack(1, 2, seqs, seqs.length)).isTrue();
            assertThat(asked()).containsExactly(seqs);
        });
    }

    private int[] asked() {
        List<Integer> seqs = new ArrayList<>();
        RtcpVisitor visitor = new RtcpVisitor() {
            @Override
            public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
                seqs.add(pid);
                for (int i = 0; i < 16; i++) {
                    if ((blp >> i & 1) != 0) {
                        seqs.add(pid + 1 + i & 0xffff);
                    }
                }
            }
        };
        assertThat(RtcpReader.read(out, visitor)).isTrue();
        return seqs.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void bitratesLoseOnlyWhatEighteenBitsDoNotHold() {
        Fuzz.random(20_000, random -> {
            long rate = random.nextLong(1L << (1 + random.nextInt(62)));
            writer.begin(out, BYTES_MAX);
            writer.remb(1, rate, new int[0], 0);
            assertThat(out.length()).isEqualTo(20);
            RtcpReader.read(out, new RtcpVisitor() {
                @Override
                public void remb(long bitrateBps, Packet packet, int ssrcsAt, int ssrcCount) {
                    assertThat(bitrateBps).isLessThanOrEqualTo(rate).isGreaterThanOrEqualTo(rate - (rate >> 17));
                }
            });
        });
    }

    @Test
    void writesWholePacketsOrNothing() {
        writer.begin(out, 8 + 24 + 24);
        assertThat(writer.receiverReport(1)).isTrue();
        assertThat(writer.reportBlock(2, 0, 0, 0, 0, 0, 0)).isTrue();
        assertThat(writer.reportBlock(3, 0, 0, 0, 0, 0, 0)).isTrue();
        assertThat(writer.reportBlock(4, 0, 0, 0, 0, 0, 0)).isFalse();
        assertThat(writer.pli(1, 2)).isFalse();
        assertThat(readBack()).hasSize(2);
        writer.begin(out, 15);
        assertThat(writer.nack(1, 2, new int[] {1}, 1)).isFalse();
        assertThat(writer.length()).isZero();
        assertThat(writer.pli(1, 2)).isTrue();
    }

    @Test
    void aReportHoldsThirtyOneBlocks() {
        writer.receiverReport(1);
        for (int i = 0; i < 31; i++) {
            assertThat(writer.reportBlock(i, 0, 0, 0, 0, 0, 0)).isTrue();
        }
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0, 0)).isFalse();
        assertThat(writer.receiverReport(1)).isTrue();
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0, 0)).isTrue();
        assertThat(readBack()).hasSize(32);
    }

    @Test
    void blocksBelongToAReport() {
        assertThat(writer.reportBlock(1, 0, 0, 0, 0, 0, 0)).isFalse();
        writer.receiverReport(1);
        writer.pli(1, 2);
        assertThat(writer.reportBlock(1, 0, 0, 0, 0, 0, 0)).isFalse();
    }

    @Test
    void statisticsBeginANewIntervalOnlyWhenWritten() {
        ReceiveStatistics statistics = new ReceiveStatistics();
        writer.receiverReport(1);
        assertThat(writer.reportBlock(2, statistics, 0)).as("no packet yet").isFalse();
        statistics.received(0x1_0000, 0, 0);
        statistics.received(0x1_0003, 0, 0);
        statistics.senderReport(0x1_0000_0000L, 0);
        writer.begin(out, 8);
        writer.receiverReport(1);
        assertThat(writer.reportBlock(2, statistics, 0)).as("no room").isFalse();
        writer.begin(out, BYTES_MAX);
        writer.receiverReport(1);
        assertThat(writer.reportBlock(2, statistics, 500_000_000)).isTrue();
        assertThat(writer.reportBlock(2, statistics, 500_000_000)).isTrue();
        assertThat(readBack())
                .containsExactly(
                        "block 1 about 2 lost 128/256 2 highest 10003 jitter 0 lsr 10000 dlsr 8000",
                        "block 1 about 2 lost 0/256 2 highest 10003 jitter 0 lsr 10000 dlsr 8000");
    }

    @Test
    void allocatesNothing() {
        int[] seqs = {1, 2, 40};
        byte[] cname = "alice".getBytes(US_ASCII);
        long bytes = Allocations.of(20_000, () -> {
            writer.begin(out, BYTES_MAX);
            writer.senderReport(1, 2, 3, 4, 5);
            writer.reportBlock(1, 2, 3, 4, 5, 6, 7);
            writer.cname(1, cname);
            writer.nack(1, 2, seqs, 3);
            writer.remb(1, 1_000_000, seqs, 3);
        });
        assertThat(bytes).isZero();
    }
}
