package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import dev.parley.sfu.rtp.Samples;
import org.junit.jupiter.api.Test;

final class RedPayloadTest {
    /// Two redundant frames of 3 and 2 bytes, 1,920 and 960 ticks old, then the primary.
    private static final String TWO = "ef 1e0003 ef 0f0002 6f a1a2a3 b1b2 c1c2c3c4";

    private final RedPayload red = new RedPayload();

    private boolean parse(String digits) {
        Packet p = Packets.hex(digits);
        return red.parse(p, 0, p.length());
    }

    @Test
    void findsEachBlock() {
        assertThat(parse(TWO)).isTrue();
        assertThat(red.redundantBlocks()).isEqualTo(2);
        assertThat(red.payloadType(0)).isEqualTo(111);
        assertThat(red.timestampOffset(0)).isEqualTo(1920);
        assertThat(red.length(0)).isEqualTo(3);
        assertThat(red.offset(0)).isEqualTo(9);
        assertThat(red.timestampOffset(1)).isEqualTo(960);
        assertThat(red.offset(1)).isEqualTo(12);
        assertThat(red.primaryPayloadType()).isEqualTo(111);
        assertThat(red.primaryOffset()).isEqualTo(14);
        assertThat(red.primaryLength()).isEqualTo(4);
    }

    @Test
    void aPrimaryAloneIsFine() {
        assertThat(parse("6f c1")).isTrue();
        assertThat(red.redundantBlocks()).isZero();
        assertThat(red.primaryOffset()).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsMalformed() {
        for (String bad : new String[] {"", "ef", "ef1e0003", "ef1e0003 6f a1a2", "ef1e00036f"}) {
            assertThat(parse(bad)).as(bad).isFalse();
        }
        assertThat(parse("ef1e0000".repeat(31) + "6f c1")).isTrue();
        assertThat(parse("ef1e0000".repeat(32) + "6f c1")).as("too many").isFalse();
    }

    @Test
    void blocksLieWithinThePayload() {
        Fuzz.mutations(50_000, Samples.bytes(TWO, "6f c1", "ef1e0000".repeat(31) + "6f c1"), bytes -> {
            Packet p = Packets.of(bytes);
            if (red.parse(p, 0, p.length())) {
                int at = red.primaryOffset();
                assertThat(at + red.primaryLength()).isEqualTo(p.length());
                for (int i = red.redundantBlocks() - 1; i >= 0; i--) {
                    assertThat(red.offset(i) + red.length(i)).isEqualTo(at);
                    at = red.offset(i);
                }
            }
        });
    }

    @Test
    void allocatesNothing() {
        Packet p = Packets.hex(TWO);
        assertThat(Allocations.of(20_000, () -> red.parse(p, 0, p.length()))).isZero();
    }
}
