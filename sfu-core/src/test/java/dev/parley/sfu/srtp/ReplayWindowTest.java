package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void knowsExactlyTheLast1024() {
        window.commit(5000);

        assertThat(window.isNew(5000)).isFalse();
        assertThat(window.isNew(5000 - 1023)).isTrue();
        assertThat(window.isNew(5000 - 1024)).isFalse();
        assertThat(window.isBelow(5000 - 1023)).isFalse();
        assertThat(window.isBelow(5000 - 1024)).isTrue();
    }

    @Test
    void takesTheFirstIndexThereIs() {
        assertThat(window.isNew(0)).isTrue();
        window.commit(0);
        assertThat(window.isNew(0)).isFalse();
        assertThat(window.isNew(1)).isTrue();
    }

    @Test
    void anIndexBeforeTheFirstIsNeverNew() {
        assertThat(window.isNew(-1)).isFalse();
        window.commit(10);
        assertThat(window.isNew(-1)).isFalse();
        assertThat(window.isBelow(-1)).isTrue();
    }

    @Test
    void lookingMarksNothing() {
        assertThat(window.isNew(7)).isTrue();
        assertThat(window.isNew(7)).isTrue();
        assertThat(window.highest()).isEqualTo(-1);
    }

    @Test
    void forgetsAllOnAJumpOverTheWholeWindow() {
        for (long index = 0; index < 2048; index++) {
            window.commit(index);
        }
        window.commit(2047 + 1024);
        for (long index = 2048; index < 2047 + 1024; index++) {
            assertThat(window.isNew(index)).as("index %d", index).isTrue();
        }
    }

    /// Against a set that remembers everything, with steps of all sizes in both directions.
    @Test
    void agreesWithASetThatForgetsNothing() {
        Fuzz.random(200, random -> {
            ReplayWindow tried = new ReplayWindow();
            Set<Long> seen = new HashSet<>();
            long highest = -1;
            long at = random.nextLong(1L << 40);
            for (int i = 0; i < 2000; i++) {
                long step = random.nextLong(1L << random.nextInt(1, 13));
                at = Math.max(0, random.nextInt(3) == 0 ? at - step : at + step);
                boolean expected = at > highest - ReplayWindow.SIZE && !seen.contains(at);
                assertThat(tried.isNew(at)).isEqualTo(expected);
                if (expected && random.nextInt(4) != 0) {
                    tried.commit(at);
                    seen.add(at);
                    highest = Math.max(highest, at);
                }
                assertThat(tried.highest()).isEqualTo(highest);
            }
        });
    }
}
