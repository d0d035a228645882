package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SeenWindowTest {
    @Test
    void saysOfEachIndexOnceThatItIsNew() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SeenWindow window = new SeenWindow();
            Set<Long> seen = new HashSet<>();
            long highest = 1 << 16;
            for (int i = 0; i < 5_000; i++) {
                long index = highest + random.nextInt(-900, random.nextInt(20) == 0 ? 3_000 : 5);
                highest = Math.max(highest, index);
                assertThat(window.first(index))
                        .as("seed %d index %d", seed, index)
                        .isEqualTo(index > highest - 1024 && seen.add(index));
            }
        }
    }
}
