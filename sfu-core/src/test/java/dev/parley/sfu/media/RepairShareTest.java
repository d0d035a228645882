package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

final class RepairShareTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final Limits limits = Limits.defaults();
    private final RepairShare share = new RepairShare(limits);

    private record Sent(long atNs, int bytes) {}

    @Test
    void aFewPacketsWhereLittleIsSent() {
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += share.take(1_200, i * MS) ? 1 : 0;
        }
        assertThat(granted).isEqualTo(limits.repairsPerSecondMin());
        assertThat(share.take(1_200, SECOND))
                .as("not before a second has gone by")
                .isFalse();
        assertThat(share.take(1_200, SECOND + 60 * MS)).isTrue();
    }

    @Test
    void aFifthWhereMuchIsSent() {
        int granted = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            share.sent(1_000, ms * MS);
            granted += share.take(1_000, ms * MS) ? 1 : 0;
        }
        assertThat(granted).isBetween(1_750, 2_000);
    }

    @Test
    void aPauseIsForgottenAtOnce() {
        share.sent(1_000_000, 0);
        assertThat(share.take(100_000, 900 * MS)).isTrue();
        for (int i = 0; i < limits.repairsPerSecondMin(); i++) {
            share.take(1_000, 3_600 * SECOND);
        }
        assertThat(share.take(1_000, 3_600 * SECOND)).isFalse();
    }

    /// Bursts, pauses, any sizes: looking back a second from any answer, the share holds.
    @Test
    void holdsInEachSecond() {
        Fuzz.random(Fuzz.runs(200), random -> {
            RepairShare any = new RepairShare(limits);
            ArrayDeque<Sent> media = new ArrayDeque<>();
            ArrayDeque<Sent> repairs = new ArrayDeque<>();
            long nowNs = random.nextLong(1L << 50);
            for (int i = 0; i < 3_000; i++) {
                nowNs += random.nextInt(200) == 0 ? random.nextLong(3 * SECOND) : random.nextLong(4 * MS);
                int bytes = 20 + random.nextInt(1_200);
                if (random.nextInt(3) == 0) {
                    any.sent(bytes, nowNs);
                    media.add(new Sent(nowNs, bytes));
                } else if (any.take(bytes, nowNs)) {
                    repairs.add(new Sent(nowNs, bytes));
                    judge(lately(media, nowNs), lately(repairs, nowNs));
                }
            }
        });
    }

    private static ArrayDeque<Sent> lately(ArrayDeque<Sent> all, long nowNs) {
        while (!all.isEmpty() && all.getFirst().atNs <= nowNs - SECOND) {
            all.removeFirst();
        }
        return all;
    }

    private void judge(ArrayDeque<Sent> media, ArrayDeque<Sent> repairs) {
        long mediaBytes = media.stream().mapToLong(Sent::bytes).sum();
        long repairBytes = repairs.stream().mapToLong(Sent::bytes).sum();
        boolean few = repairs.size() <= limits.repairsPerSecondMin();
        assertThat(few || repairBytes * 100 <= mediaBytes * limits.repairPercent())
                .as("%d bytes again beside %d", repairBytes, mediaBytes)
                .isTrue();
    }
}
