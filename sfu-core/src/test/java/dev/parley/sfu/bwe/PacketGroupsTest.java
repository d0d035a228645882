package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PacketGroupsTest {
    private static final long MS = 1_000_000;

    private final PacketGroups groups = new PacketGroups();

    private boolean packet(long sentMs, long arrivedMs) {
        return groups.add(sentMs * MS, arrivedMs * MS, arrivedMs * MS);
    }

    @Test
    void comparesTheLastPacketsOfTwoGroups() {
        assertThat(packet(0, 100)).isFalse();
        assertThat(packet(3, 104)).isFalse();
        assertThat(packet(20, 120)).isFalse();
        assertThat(packet(24, 130)).isFalse();
        assertThat(packet(40, 150)).isTrue();
        assertThat(groups.sendDeltaNs()).isEqualTo(21 * MS);
        assertThat(groups.arrivalDeltaNs()).isEqualTo(26 * MS);
    }

    @Test
    void whatAQueueLetGoAtOnceIsOneGroup() {
        packet(0, 100);
        packet(20, 200);
        assertThat(packet(40, 201)).isFalse();
        assertThat(packet(60, 202)).isFalse();
        assertThat(packet(80, 220)).isTrue();
        assertThat(groups.sendDeltaNs()).isEqualTo(60 * MS);
        assertThat(groups.arrivalDeltaNs()).isEqualTo(102 * MS);
    }

    @Test
    void whatLeftBeforeTheGroupIsLeftOut() {
        packet(0, 100);
        packet(20, 120);
        assertThat(packet(10, 121)).isFalse();
        assertThat(packet(40, 140)).isTrue();
        assertThat(groups.arrivalDeltaNs()).isEqualTo(20 * MS);
    }

    @Test
    void aClockThatJumpsAheadBeginsAnew() {
        packet(0, 100);
        packet(20, 120);
        groups.add(40 * MS, 10_140 * MS, 140 * MS);
        assertThat(groups.add(60 * MS, 10_160 * MS, 160 * MS)).isFalse();
        groups.add(80 * MS, 10_180 * MS, 180 * MS);
        groups.add(100 * MS, 10_200 * MS, 200 * MS);
        assertThat(groups.add(120 * MS, 10_220 * MS, 220 * MS)).isTrue();
        assertThat(groups.arrivalDeltaNs()).isEqualTo(20 * MS);
    }

    @Test
    void aClockThatJumpsBackBeginsAnewAfterThreeGroups() {
        packet(0, 100_000);
        packet(20, 100_020);
        int measured = 0;
        for (int i = 2; i < 12; i++) {
            measured += packet(20L * i, 20L * i) ? 1 : 0;
        }
        assertThat(measured).isBetween(3, 9);
        assertThat(groups.arrivalDeltaNs()).isEqualTo(20 * MS);
    }
}
