package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final Limits LIMITS = Limits.defaults();

    private final Pacer pacer = new Pacer(LIMITS);

    @Test
    void holdsFiftyMillisecondsAndTwoPackets() {
        pacer.rate(1_000_000, 0);
        int most = 6250 + 2 * LIMITS.datagramBytes();
        assertThat(pacer.allows(most, SECOND)).isTrue();
        assertThat(pacer.allows(most + 1, 100 * SECOND)).isFalse();
    }

    @Test
    void saysWhenThereIsRoom() {
        pacer.rate(1_000_000, 0);
        pacer.spent(6250 + 2 * LIMITS.datagramBytes(), SECOND);
        assertThat(pacer.allows(1, SECOND)).isFalse();
        long atNs = pacer.allowedAtNs(1250, SECOND);
        assertThat(atNs - SECOND).isCloseTo(10 * MS, within(1L));
        assertThat(pacer.allows(1250, atNs)).isTrue();
        assertThat(pacer.allowedAtNs(1250, atNs)).isEqualTo(atNs);
    }

    @Test
    void whatCannotWaitIsMadeUpForByWhatCan() {
        pacer.rate(80_000, 0);
        pacer.spent(5_964, SECOND);
        assertThat(pacer.allows(1, SECOND + 290 * MS)).isFalse();
        assertThat(pacer.allows(1, SECOND + 310 * MS)).isTrue();
    }

    @Test
    void noDebtIsLongerThanASecond() {
        pacer.rate(1_000_000, 0);
        pacer.spent(100_000_000, SECOND);
        assertThat(pacer.allowedAtNs(1200, SECOND)).isLessThan(2 * SECOND);
        pacer.rate(100_000, SECOND);
        assertThat(pacer.allowedAtNs(1200, SECOND)).isLessThan(2 * SECOND);
    }

    @Test
    void aLowerRateTakesWhatWasSaved() {
        pacer.rate(10_000_000, 0);
        pacer.rate(100_000, SECOND);
        assertThat(pacer.allows(625 + 2 * LIMITS.datagramBytes() + 1, SECOND)).isFalse();
    }

    private record Sent(long atNs, int bytes, double rateBps) {}

    /// Whoever sends only what is allowed never sends, in any sliding second, more than 1.05 of the largest estimate in
    /// it and two packets, however the estimate moves.
    @Test
    void neverMoreInASecondThanTheEstimateATwentiethAndTwoPackets() {
        Fuzz.random(20, random -> {
            Pacer paced = new Pacer(LIMITS);
            ArrayDeque<Sent> second = new ArrayDeque<>();
            long sum = 0;
            long nowNs = random.nextLong(SECOND);
            long rateBps = 300_000;
            paced.rate(rateBps, nowNs);
            for (int i = 0; i < 3_000; i++) {
                nowNs += random.nextInt(4) == 0 ? random.nextLong(20 * MS) : 0;
                if (random.nextInt(100) == 0) {
                    rateBps = 30_000 + random.nextLong(8_000_000);
                    paced.rate(rateBps, nowNs);
                }
                int bytes = 60 + random.nextInt(LIMITS.datagramBytes() - 60);
                if (!paced.allows(bytes, nowNs)) {
                    continue;
                }
                paced.spent(bytes, nowNs);
                second.add(new Sent(nowNs, bytes, rateBps));
                sum += bytes;
                while (second.getFirst().atNs() <= nowNs - SECOND) {
                    sum -= second.removeFirst().bytes();
                }
                double largest =
                        second.stream().mapToDouble(Sent::rateBps).max().orElseThrow();
                assertThat(sum * 8.0).isLessThanOrEqualTo(1.05 * largest + 2 * 8 * LIMITS.datagramBytes() + 8);
            }
        });
    }
}
