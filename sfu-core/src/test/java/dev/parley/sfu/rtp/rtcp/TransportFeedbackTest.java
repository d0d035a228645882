package dev.parley.sfu.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.Samples;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TransportFeedbackTest {
    private static List<String> read(String body) {
        Packet p = Packets.hex("8fcd0000 00000001 11223344" + body);
        p.u16(2, p.length() / 4 - 1);
        RecordingVisitor visitor = new RecordingVisitor();
        assertThat(RtcpReader.read(p, visitor)).isTrue();
        return visitor.calls.subList(1, visitor.calls.size());
    }

    private static boolean malformed(String body) {
        Packet p = Packets.hex(body);
        CountingVisitor visitor = new CountingVisitor();
        boolean good = TransportFeedback.read(p, 0, p.length(), visitor);
        assertThat(good || visitor.calls == 0)
                .as("nothing is told of a malformed message")
                .isTrue();
        return !good;
    }

    @Test
    void readsVectorsAndRunsAcrossTheWrap() {
        // 2 bits: small, lost, large, 4 x lost; run: 3 small; reference time 2 x 64 ms
        assertThat(read("fffe 000a 000002 05 d200 2003 04 fffc 01 02 03 0000"))
                .containsExactly(
                        "  65534 at 129000000",
                        "  1 lost from 65535",
                        "  0 at 128000000",
                        "  1 lost from 1",
                        "  1 lost from 2",
                        "  1 lost from 3",
                        "  1 lost from 4",
                        "  5 at 128250000",
                        "  6 at 128750000",
                        "  7 at 129500000");
    }

    @Test
    void oneBitVectorsHaveFourteenSymbols() {
        assertThat(read("0000 000e 000000 00 a001 00 04"))
                .hasSize(14)
                .startsWith("  0 at 0", "  1 lost from 1")
                .endsWith("  1 lost from 12", "  13 at 1000000");
    }

    @Test
    void aRunOfLostPacketsIsToldAtOnce() {
        assertThat(read("0000 ffff 000001 00" + "1fff".repeat(8) + "0007 0000"))
                .hasSize(9)
                .startsWith("  8191 lost from 0")
                .endsWith("  7 lost from 65528");
    }

    @Test
    void referenceTimesAreSigned() {
        assertThat(read("0000 0001 ffffff 00 2001 00 00")).containsExactly("  0 at -64000000");
    }

    @Test
    void symbolsBehindTheCountMeanNothing() {
        assertThat(read("0000 0001 000000 00 d555 00 00")).containsExactly("  0 at 0");
        assertThat(read("0000 0000 000000 00")).isEmpty();
    }

    @Test
    void whatDoesNotFitIsMalformed() {
        assertThat(malformed("")).isTrue();
        assertThat(malformed("0000 0001 000000")).isTrue();
        assertThat(malformed("0000 0001 000000 00")).as("no chunk").isTrue();
        assertThat(malformed("0000 0002 000000 00 2002 00")).as("a delta short").isTrue();
        assertThat(malformed("0000 0001 000000 00 6001 0000"))
                .as("reserved status in a run")
                .isTrue();
        assertThat(malformed("0000 0007 000000 00 f000 0000 0000"))
                .as("reserved status in a vector")
                .isTrue();
        assertThat(malformed("0000 0001 000000 00" + "0000".repeat(100)))
                .as("empty runs never add up")
                .isTrue();
    }

    @Test
    void countsMessages() {
        assertThat(TransportFeedback.messageCount(Packets.hex("0000 0000 000000 fe"), 0))
                .isEqualTo(254);
    }

    @Test
    @DisplayName("hostile C02 feedback that claims 65,535 packets costs what its bytes cost")
    void hostile_C02_feedbackIsBoundedByItsBytes() {
        List<byte[]> samples = Samples.bytes(
                "fffe 000a 000002 05 d200 2003 04 fffc 01 02 03 0000",
                "0000 ffff 000001 00" + "1fff".repeat(8) + "0007 0000",
                "0000 ffff 000001 00" + "3fff".repeat(8) + "2007" + "01".repeat(1100),
                "0010 0200 7fffff ff" + "bfff".repeat(37) + "05".repeat(512));
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            Packet p = Packets.of(bytes);
            CountingVisitor visitor = new CountingVisitor();
            boolean good = TransportFeedback.read(p, 0, p.length(), visitor);
            assertThat(good || visitor.calls == 0).isTrue();
            assertThat(visitor.calls).isLessThanOrEqualTo(CountingVisitor.callsMax(bytes.length));
        });
    }
}
