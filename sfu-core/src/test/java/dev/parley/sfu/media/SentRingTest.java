package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import org.junit.jupiter.api.Test;

final class SentRingTest {
    private final PacketPool pool = new PacketPool(0);
    private final SentRing ring = new SentRing(256);

    @Test
    void keepsTheLast256AndGivesTheRestBack() {
        for (int i = 1; i <= 300; i++) {
            ring.put(i, pool.take(), 5);
        }
        assertThat(ring.get(44)).isNull();
        assertThat(ring.get(45)).isNotNull();
        assertThat(ring.get(301)).isNull();
        assertThat(pool.outstanding()).isEqualTo(256);
    }

    @Test
    void aDatagramIsFoundUnderItsOwnNumberOnly() {
        Packet datagram = pool.take();
        ring.put(70_000, datagram, 5);
        assertThat(ring.get(70_000)).isSameAs(datagram);
        assertThat(ring.get(70_000 - 256)).isNull();
        assertThat(ring.get(70_000 & 0xffff)).isNull();
    }

    @Test
    void givesEverythingBackInTheEnd() {
        ring.put(1, pool.take(), 5);
        ring.put(2, pool.take(), 5);
        ring.clear();
        ring.clear();
        assertThat(ring.get(1)).isNull();
        assertThat(pool.outstanding()).isZero();
    }
}
