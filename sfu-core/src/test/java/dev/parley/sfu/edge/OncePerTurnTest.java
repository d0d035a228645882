package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OncePerTurnTest {
    private final OncePerTurn<String> items = new OncePerTurn<>();

    private List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        while (!items.isEmpty()) {
            taken.add(items.take());
        }
        return taken;
    }

    private void add(String... each) {
        for (String item : each) {
            items.add(item);
        }
    }

    @Test
    void keepsTheOrderOfTheFirstTime() {
        add("a", "a", "b", "a", "c", "c", "b");
        assertThat(takeAll()).containsExactly("a", "b", "c");
    }

    @Test
    void whatWasTakenMayBeNotedAgain() {
        add("a");
        assertThat(items.take()).isEqualTo("a");
        add("a", "a");
        assertThat(takeAll()).containsExactly("a");
    }

    @Test
    void whatWasTakenOutMayBeNotedAgain() {
        add("a", "b");
        assertThat(items.remove("b")).isTrue();
        assertThat(items.remove("b")).isFalse();
        add("b");
        assertThat(takeAll()).containsExactly("a", "b");
    }
}
