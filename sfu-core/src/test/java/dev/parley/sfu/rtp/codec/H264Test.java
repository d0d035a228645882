package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.junit.jupiter.api.Test;

final class H264Test {
    private static boolean key(String digits) {
        Packet p = Packets.hex("ffff" + digits);
        return H264.startsKeyFrame(p, 2, p.length() - 2);
    }

    @Test
    void singleUnits() {
        assertThat(key("67 42001f")).as("parameter set").isTrue();
        assertThat(key("65 b800")).as("IDR slice").isTrue();
        assertThat(key("41 9a")).as("other slice").isFalse();
        assertThat(key("68 ce")).as("picture parameters alone").isFalse();
        assertThat(key("06 05")).as("SEI").isFalse();
    }

    @Test
    void aggregates() {
        assertThat(key("78 0004 6742001f 0002 68ce")).isTrue();
        assertThat(key("78 0002 0605 0004 6742001f")).as("behind another unit").isTrue();
        assertThat(key("78 0002 0605 0002 419a")).isFalse();
        assertThat(key("78 0009 6742001f")).as("longer than the packet").isFalse();
        assertThat(key("78 0000 0000 67")).as("empty unit").isFalse();
        assertThat(key("78 00")).isFalse();
        assertThat(key("78")).isFalse();
    }

    @Test
    void fragments() {
        assertThat(key("7c 85 b8")).as("begin of an IDR slice").isTrue();
        assertThat(key("7c 87 42")).as("begin of a parameter set").isTrue();
        assertThat(key("7c 05 b8")).as("middle").isFalse();
        assertThat(key("7c 45 b8")).as("end").isFalse();
        assertThat(key("7c 81 9a")).as("begin of another slice").isFalse();
        assertThat(key("7c 85")).as("nothing in it").isFalse();
        assertThat(key("7c")).isFalse();
        assertThat(key("")).isFalse();
    }
}
