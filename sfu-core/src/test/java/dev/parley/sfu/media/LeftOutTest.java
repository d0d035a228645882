package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LeftOutTest {
    private final LeftOut leftOut = new LeftOut();

    @Test
    void countsWhatIsBelowANumber() {
        assertThat(leftOut.empty()).isTrue();
        assertThat(leftOut.below(5)).isZero();
        leftOut.add(-3);
        leftOut.add(4);
        leftOut.add(5);
        assertThat(leftOut.below(-3)).isZero();
        assertThat(leftOut.below(4)).isEqualTo(1);
        assertThat(leftOut.below(5)).isEqualTo(2);
        assertThat(leftOut.below(6)).isEqualTo(3);
        assertThat(leftOut.below(Long.MAX_VALUE)).isEqualTo(3);
    }

    @Test
    void countsAsASetWouldInTheWholeWindow() {
        Fuzz.random(2_000, random -> {
            LeftOut tested = new LeftOut();
            TreeSet<Long> model = new TreeSet<>();
            long number = random.nextLong(-2_000, 1L << 40);
            for (int i = 0; i < 200; i++) {
                number += random.nextInt(20) == 0 ? random.nextInt(1, 3_000) : random.nextInt(1, 4);
                tested.add(number);
                model.add(number);
                long asked = number + 5 - random.nextInt(LeftOut.WINDOW);
                assertThat(tested.below(asked)).isEqualTo(model.headSet(asked).size());
            }
        });
    }
}
