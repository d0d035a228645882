package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import org.junit.jupiter.api.Test;

final class HeldPacketsTest {
    private final Limits limits = Limits.defaults();
    private final PacketPool pool = new PacketPool(0);
    private final HeldPackets held = new HeldPackets(limits);

    private boolean hold(int ssrc, long arrivalNs) {
        Packet packet = pool.take();
        packet.arrivalNs(arrivalNs);
        boolean room = held.hold(ssrc, packet);
        packet.release();
        return room;
    }

    @Test
    void eightOfASource() {
        for (int i = 0; i < limits.heldPacketsPerSsrc(); i++) {
            assertThat(hold(1, 0)).isTrue();
        }
        assertThat(hold(1, 0)).isFalse();
        assertThat(hold(2, 0)).isTrue();
        assertThat(pool.outstanding()).isEqualTo(limits.heldPacketsPerSsrc() + 1);
    }

    @Test
    void ofSoManySources() {
        for (int i = 0; i < limits.ssrcsPerSession(); i++) {
            assertThat(hold(i, 0)).isTrue();
        }
        assertThat(hold(1_000, 0)).isFalse();
        assertThat(hold(0, 0)).as("of a known one").isTrue();
    }

    @Test
    void forHalfASecond() {
        hold(1, 0);
        hold(1, 100);
        hold(2, 200);
        assertThat(held.nextTimeNs()).isEqualTo(limits.heldNs());
        assertThat(held.dropOld(limits.heldNs() - 1)).isZero();
        assertThat(held.dropOld(limits.heldNs() + 100)).isEqualTo(2);
        assertThat(held.take(1)).isEmpty();
        assertThat(held.nextTimeNs()).isEqualTo(200 + limits.heldNs());
        assertThat(pool.outstanding()).isEqualTo(1);
        held.clear();
        assertThat(held.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void whoTakesThemOwnsThemInTheOrderOfArrival() {
        hold(1, 0);
        hold(1, 5);
        assertThat(held.take(1)).extracting(Packet::arrivalNs).containsExactly(0L, 5L);
        assertThat(held.take(1)).isEmpty();
        assertThat(pool.outstanding()).isEqualTo(2);
    }
}
