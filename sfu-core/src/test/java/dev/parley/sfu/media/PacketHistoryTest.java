package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PacketHistoryTest {
    private static final long KEPT_NS = 1_000;

    private final PacketPool pool = new PacketPool(0);
    private final PacketHistory history = new PacketHistory(16, KEPT_NS, Packet::release);

    private Packet packet(long nowNs) {
        Packet packet = pool.take();
        packet.arrivalNs(nowNs);
        return packet;
    }

    @Test
    void givesBackWhatIsPushedOutByNewerPackets() {
        Packet first = packet(0);
        history.put(first, 100, 0);
        for (int i = 1; i <= 16; i++) {
            history.put(packet(0), 100 + i, 0);
        }
        assertThat(history.get(100)).isNull();
        assertThat(history.get(101)).isNotNull();
        assertThat(pool.outstanding()).isEqualTo(16);
    }

    @Test
    void givesBackWhatIsTooOld() {
        history.put(packet(0), 1, 0);
        history.put(packet(KEPT_NS + 1), 2, KEPT_NS + 1);
        assertThat(history.get(1)).isNull();
        assertThat(history.get(2)).isNotNull();
        assertThat(pool.outstanding()).isEqualTo(1);
    }

    @Test
    void takesLatePacketsAndRefusesThoseThatItHasOrThatAreTooLate() {
        history.put(packet(0), 10, 0);
        history.put(packet(0), 12, 0);
        history.put(packet(0), 11, 0);
        assertThat(history.get(11)).isNotNull();
        history.put(packet(0), 11, 0);
        history.put(packet(0), 3, 0);
        assertThat(history.get(3)).isNull();
        assertThat(pool.outstanding()).isEqualTo(3);
    }

    @Test
    void survivesAnyOrderAndGivesEverythingBackInTheEnd() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long index = 1 << 16;
            for (int i = 0; i < 300; i++) {
                index += random.nextInt(-5, 12);
                history.put(packet(i), index, i);
                Packet got = history.get(index);
                assertThat(got == null || got.arrivalNs() <= i)
                        .as("seed " + seed)
                        .isTrue();
                assertThat(pool.outstanding()).as("seed " + seed).isBetween(1, 16);
            }
            history.clear();
            assertThat(pool.outstanding()).as("seed " + seed).isZero();
        }
    }
}
