package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.netsim.Fuzz;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SsrcTableTest {
    @Test
    void agreesWithAMapWhateverTheNumbers() {
        Fuzz.random(200, random -> {
            SsrcTable<Integer> table = new SsrcTable<>(500);
            Map<Integer, Integer> map = new HashMap<>();
            int spread = 1 << random.nextInt(1, 30);
            while (map.size() < Math.min(500, spread / 2)) {
                int ssrc = random.nextInt(spread) << random.nextInt(8);
                if (map.putIfAbsent(ssrc, map.size()) == null) {
                    table.put(ssrc, map.size() - 1);
                }
                int other = random.nextInt();
                assertThat(table.get(other)).isEqualTo(map.get(other));
            }
            map.forEach((ssrc, value) -> assertThat(table.get(ssrc)).isEqualTo(value));
            assertThat(table.size()).isEqualTo(map.size());
        });
    }

    @Test
    void zeroIsAnSsrcLikeAnyOther() {
        SsrcTable<String> table = new SsrcTable<>(4);
        assertThat(table.get(0)).isNull();
        table.put(0, "zero");
        assertThat(table.get(0)).isEqualTo("zero");
    }

    @Test
    void takesNoMoreThanItMay() {
        SsrcTable<String> table = new SsrcTable<>(2);
        table.put(1, "one");
        assertThat(table.isFull()).isFalse();
        table.put(2, "two");
        assertThat(table.isFull()).isTrue();
        assertThatThrownBy(() -> table.put(3, "three")).isInstanceOf(IllegalStateException.class);
    }
}
