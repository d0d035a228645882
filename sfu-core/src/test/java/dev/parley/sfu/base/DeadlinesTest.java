package dev.parley.sfu.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private static final class Item extends Deadlines.Entry {
        long dueNs;
    }

    @Test
    void givesEntriesInTheOrderOfTheirDeadlines() {
        SplittableRandom random = new SplittableRandom(42);
        Deadlines<Item> deadlines = new Deadlines<>();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            items.add(new Item());
        }
        for (int i = 0; i < 20_000; i++) {
            Item item = items.get(random.nextInt(items.size()));
            item.dueNs = random.nextInt(5) == 0 ? Deadlines.NEVER : random.nextLong(1_000);
            deadlines.set(item, item.dueNs);
        }
        long waiting = items.stream().filter(i -> i.dueNs != Deadlines.NEVER).count();
        assertThat(deadlines.size()).isEqualTo((int) waiting);
        long last = -1;
        for (Item due = deadlines.pollDue(999); due != null; due = deadlines.pollDue(999)) {
            assertThat(due.dueNs).isGreaterThanOrEqualTo(last);
            last = due.dueNs;
        }
        assertThat(deadlines.size()).isZero();
        assertThat(deadlines.nextNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void nothingIsDueBeforeItsTime() {
        Deadlines<Item> deadlines = new Deadlines<>();
        Item item = new Item();
        deadlines.set(item, 10);
        assertThat(deadlines.pollDue(9)).isNull();
        assertThat(deadlines.pollDue(10)).isSameAs(item);
    }
}
