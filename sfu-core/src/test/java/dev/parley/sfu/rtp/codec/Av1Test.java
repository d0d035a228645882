package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.junit.jupiter.api.Test;

final class Av1Test {
    private static boolean key(String digits) {
        Packet p = Packets.hex("ff" + digits);
        return Av1.startsKeyFrame(p, 1, p.length() - 1);
    }

    @Test
    void aNewSequenceStartsAKeyFrame() {
        assertThat(key("18 0a0b")).isTrue();
        assertThat(key("10 0a0b")).isFalse();
        assertThat(key("98 0a0b")).as("in the middle of a unit").isFalse();
        assertThat(key("08")).as("nothing follows").isFalse();
        assertThat(key("")).isFalse();
    }

    @Test
    void saysWhetherAUnitGoesOn() {
        assertThat(Av1.continuesUnit(Packets.hex("90 00"), 0, 2)).isTrue();
        assertThat(Av1.continuesUnit(Packets.hex("10 00"), 0, 2)).isFalse();
        assertThat(Av1.continuesUnit(Packets.hex("90 00"), 0, 0)).isFalse();
    }
}
