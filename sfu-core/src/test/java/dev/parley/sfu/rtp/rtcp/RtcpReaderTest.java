package dev.parley.sfu.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RtcpReaderTest {
    private static List<String> read(String... digits) {
        RecordingVisitor visitor = new RecordingVisitor();
        assertThat(RtcpReader.read(Packets.hex(String.join("", digits)), visitor))
                .isTrue();
        return visitor.calls;
    }

    private static boolean malformed(String digits) {
        return !RtcpReader.read(Packets.hex(digits), new RecordingVisitor());
    }

    @Test
    void readsReports() {
        assertThat(read(RtcpSamples.SENDER_REPORT))
                .containsExactly(
                        "sr aabbccdd ntp e000000180000000 rtp 90000 packets 100 octets 10000",
                        "block aabbccdd about 11223344 lost 64/256 -2 highest 20005 jitter 18 lsr 12345678 dlsr 10000");
        assertThat(read(RtcpSamples.RECEIVER_REPORT))
                .containsExactly("block 1 about 11223344 lost 0/256 3 highest ffff jitter 9 lsr 0 dlsr 0");
    }

    @Test
    void readsFeedback() {
        assertThat(read(RtcpSamples.NACK))
                .containsExactly("nack 1 of 11223344: 65534 8001", "nack 1 of 11223344: 256 0000");
        assertThat(read(RtcpSamples.PLI)).containsExactly("pli 11223344");
        assertThat(read(RtcpSamples.FIR)).containsExactly("fir 11223344 #7", "fir 55667788 #8");
        assertThat(read(RtcpSamples.REMB)).containsExactly("remb 1000000 11223344 55667788");
    }

    @Test
    void readsEveryPacketOfACompound() {
        assertThat(read(
                        RtcpSamples.RECEIVER_REPORT,
                        RtcpSamples.CNAME,
                        RtcpSamples.APPLICATION,
                        RtcpSamples.EXTENDED,
                        RtcpSamples.PLI,
                        RtcpSamples.BYE))
                .hasSize(6)
                .endsWith(
                        "rrtr 1 e000000180000000",
                        "dlrr 1 about aabbccdd lrr 12345678 delay 32768",
                        "pli 11223344",
                        "bye aabbccdd",
                        "bye 11223344");
    }

    @Test
    void theLastPacketMayBePadded() {
        assertThat(read(RtcpSamples.PLI, "a1ce0003 00000001 55667788 00000004"))
                .containsExactly("pli 11223344", "pli 55667788");
        assertThat(malformed("a1ce0003 00000001 55667788 00000004" + RtcpSamples.PLI))
                .as("padding in the middle")
                .isTrue();
        assertThat(malformed("a1ce0003 00000001 55667788 00000000")).isTrue();
        assertThat(malformed("a1ce0003 00000001 55667788 00000010")).isTrue();
    }

    @Test
    void bitratesThatNoNumberHoldsAreTheLargest() {
        assertThat(read("8fce0005 00000001 00000000 52454d42 01 ff ffff 11223344"))
                .containsExactly("remb " + Long.MAX_VALUE + " 11223344");
        assertThat(read("8fce0005 00000001 00000000 52454d42 01 fc 0000 11223344"))
                .containsExactly("remb 0 11223344");
    }

    @Test
    void otherApplicationFeedbackIsSkipped() {
        assertThat(read("8fce0004 00000001 00000000 41424344 00000000")).isEmpty();
        assertThat(read("8fce0002 00000001 00000000")).isEmpty();
    }

    @Test
    void whatLiesAboutItsLengthIsMalformed() {
        List<String> bad = List.of(
                "",
                "80c9",
                "41c90001 00000001", // version 1
                "80c90002 00000001", // longer than the datagram
                "80c90001 00000001 80", // a byte too many
                "80c90000", // no SSRC
                "80c80001 00000001", // sender report without its info
                "81c90001 00000001", // one block that is not there
                "82cb0001 00000001", // two SSRCs, one there
                "81cd0002 00000001 11223344", // NACK of nothing
                "81ce0001 00000001", // PLI without media SSRC
                "84ce0003 00000001 00000000 11223344", // half an item
                "8fce0004 00000001 00000000 52454d42 03000000", // REMB that counts SSRCs it does not have
                "80cf0002 00000001 04000002", // extended block longer than its packet
                "80cf0003 00000001 04000001 00000000", // reference time of four bytes
                "80cf0003 00000001 05000001 00000000"); // a third of a delay
        for (String digits : bad) {
            assertThat(malformed(digits)).as(digits).isTrue();
        }
    }

    @Test
    void aBadLengthAnywhereIsFoundBeforeAnythingIsTold() {
        RecordingVisitor visitor = new RecordingVisitor();
        assertThat(RtcpReader.read(Packets.hex(RtcpSamples.PLI + "80c90009 00000001"), visitor))
                .isFalse();
        assertThat(visitor.calls).isEmpty();
    }

    @Test
    @DisplayName("hostile C02 mutated RTCP costs work in proportion to its bytes")
    void hostile_C02_mutatedRtcpIsBoundedWork() {
        Fuzz.mutations(Fuzz.runs(200_000), RtcpSamples.ALL, bytes -> {
            CountingVisitor visitor = new CountingVisitor();
            CountingVisitor twin = new CountingVisitor();
            boolean good = RtcpReader.read(Packets.of(bytes, 0x00), visitor);
            assertThat(RtcpReader.read(Packets.of(bytes, 0xff), twin)).isEqualTo(good);
            assertThat(twin.digest).as("read behind the end").isEqualTo(visitor.digest);
            assertThat(visitor.calls).isLessThanOrEqualTo(CountingVisitor.callsMax(bytes.length));
        });
    }

    @Test
    @DisplayName("hostile C02 random bytes are no RTCP")
    void hostile_C02_randomBytesAreNoRtcp() {
        Fuzz.bytes(Fuzz.runs(200_000), 1500, bytes -> {
            CountingVisitor visitor = new CountingVisitor();
            RtcpReader.read(Packets.of(bytes), visitor);
            assertThat(visitor.calls).isLessThanOrEqualTo(CountingVisitor.callsMax(bytes.length));
        });
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.of(RtcpSamples.ALL.get(5));
        Packet feedback = Packets.hex(RtcpSamples.FEEDBACK);
        CountingVisitor visitor = new CountingVisitor();
        long bytes = Allocations.of(20_000, () -> {
            RtcpReader.read(p, visitor);
            RtcpReader.read(feedback, visitor);
        });
        assertThat(bytes).isZero();
    }
}
