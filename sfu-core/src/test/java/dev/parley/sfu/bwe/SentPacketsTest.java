package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SentPacketsTest {
    private static final int CAPACITY = 1024;
    private static final long MS = 1_000_000;

    private final SentPackets packets = new SentPackets(CAPACITY);

    @Test
    void findsWhatWasSentAcrossTheWrap() {
        packets.sent(0xfffe, 100, 0, 1);
        packets.sent(0xffff, 101, 7, 2);
        packets.sent(0, 102, 0, 3);
        assertThat(packets.bytes(packets.find(0xfffe))).isEqualTo(100);
        assertThat(packets.cluster(packets.find(0xffff))).isEqualTo(7);
        assertThat(packets.sentNs(packets.find(0))).isEqualTo(3);
        assertThat(packets.isNewest(packets.find(0))).isTrue();
        assertThat(packets.isNewest(packets.find(0xffff))).isFalse();
    }

    @Test
    void doesNotFindWhatWasNeverSent() {
        assertThat(packets.find(5)).isEqualTo(SentPackets.NONE);
        packets.sent(5, 100, 0, 1);
        packets.sent(8, 100, 0, 1);
        for (int seq : new int[] {4, 6, 7, 9, 5 + 0x8000, 0xffff}) {
            assertThat(packets.find(seq)).isEqualTo(SentPackets.NONE);
        }
    }

    @Test
    void eachCountsOnceAndLateOnesAfterAll() {
        packets.sent(1, 100, 0, 1);
        int slot = packets.find(1);
        assertThat(packets.markLost(slot)).isTrue();
        assertThat(packets.markLost(slot)).isFalse();
        assertThat(packets.wasLost(slot)).isTrue();
        assertThat(packets.markReceived(slot)).isTrue();
        assertThat(packets.markReceived(slot)).isFalse();
        assertThat(packets.markLost(slot)).isFalse();
    }

    @Test
    void growsWhileReportsAreAwaitedAndForgetsTheOldestAtTheLimit() {
        for (int seq = 0; seq < 900; seq++) {
            packets.sent(seq, seq, 0, seq * MS);
        }
        assertThat(packets.capacity()).isEqualTo(CAPACITY);
        for (int seq = 0; seq < 900; seq++) {
            assertThat(packets.bytes(packets.find(seq))).isEqualTo(seq);
        }
        for (int seq = 900; seq < 5000; seq++) {
            packets.sent(seq, seq, 0, seq * MS);
        }
        assertThat(packets.capacity()).isEqualTo(CAPACITY);
        assertThat(packets.find(5000 - CAPACITY - 1)).isEqualTo(SentPackets.NONE);
        assertThat(packets.bytes(packets.find(5000 - CAPACITY))).isEqualTo(5000 - CAPACITY);
    }

    @Test
    void staysSmallWhileReportsCome() {
        for (int seq = 0; seq < 70_000; seq++) {
            packets.sent(seq & 0xffff, 100, 0, seq * MS);
            packets.markReceived(packets.find(seq & 0xffff));
        }
        assertThat(packets.capacity()).isEqualTo(256);
    }
}
