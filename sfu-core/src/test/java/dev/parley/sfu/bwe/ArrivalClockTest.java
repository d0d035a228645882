package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import org.junit.jupiter.api.Test;

final class ArrivalClockTest {
    @Test
    void goesOnWhereTheWireWraps() {
        Fuzz.random(2_000, random -> {
            ArrivalClock clock = new ArrivalClock();
            long trueNs = random.nextLong(ArrivalClock.PERIOD_NS);
            long offsetNs = clock.unwrap(onTheWire(trueNs)) - trueNs;
            for (int i = 0; i < 20; i++) {
                trueNs += random.nextLong(-1_000_000_000, ArrivalClock.PERIOD_NS / 2);
                assertThat(clock.unwrap(onTheWire(trueNs)) - trueNs).isEqualTo(offsetNs);
            }
        });
    }

    /// A reference of 24 bits with a sign, in units of 64 ms.
    private static long onTheWire(long ns) {
        long wrapped = Math.floorMod(ns, ArrivalClock.PERIOD_NS);
        return wrapped < ArrivalClock.PERIOD_NS / 2 ? wrapped : wrapped - ArrivalClock.PERIOD_NS;
    }
}
