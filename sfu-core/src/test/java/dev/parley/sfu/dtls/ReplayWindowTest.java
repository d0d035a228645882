package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReplayWindowTest {
    @Test
    void takesEachNumberOnceAndNothingThatIsTooOld() {
        Fuzz.random(500, random -> {
            ReplayWindow window = new ReplayWindow();
            Set<Long> taken = new HashSet<>();
            long highest = -1;
            for (int i = 0; i < 300; i++) {
                long number = Math.max(0, highest + random.nextInt(-80, random.nextInt(10) == 0 ? 100 : 3));
                boolean expected = number > highest || (highest - number < 64 && !taken.contains(number));
                assertThat(window.maybeNew(number)).isEqualTo(expected);
                if (expected) {
                    window.took(number);
                    taken.add(number);
                    highest = Math.max(highest, number);
                }
            }
        });
    }
}
