package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int CAPACITY = 64;

    private final PacketPool pool = new PacketPool(CAPACITY);
    private final SendQueue queue = new SendQueue(CAPACITY);
    private final List<InetSocketAddress> people = new ArrayList<>();

    private void people(int count) {
        for (int i = 0; i < count; i++) {
            people.add(InetSocketAddress.createUnresolved("person", i));
        }
    }

    /// By destination, in the order of their first packets: the packets' lengths.
    private Map<InetSocketAddress, List<Integer>> drained() {
        Map<InetSocketAddress, List<Integer>> drained = new LinkedHashMap<>();
        queue.drain((packets, count, to) -> {
            assertThat(drained).doesNotContainKey(to);
            List<Integer> lengths = drained.computeIfAbsent(to, _ -> new ArrayList<>());
            for (int i = 0; i < count; i++) {
                lengths.add(packets[i].length());
                packets[i].release();
            }
        });
        return drained;
    }

    private void add(int length, int person) {
        Packet packet = pool.take();
        packet.length(length);
        queue.add(packet, people.get(person));
    }

    @Test
    void keepsTheOrderOfEachDestination() {
        people(3);
        add(1, 2);
        add(2, 0);
        add(3, 2);
        add(4, 1);
        add(5, 0);
        assertThat(drained().values()).containsExactly(List.of(1, 3), List.of(2, 5), List.of(4));
        assertThat(queue.isEmpty()).isTrue();
        assertThat(pool.outstanding()).isZero();
    }

    /// Against a map, many times over: nothing of an earlier turn shows in a later one.
    @Test
    void forgetsEachTurn() {
        people(CAPACITY);
        Rng rng = Rng.seeded(7);
        for (int turn = 0; turn < 2_000; turn++) {
            Map<InetSocketAddress, List<Integer>> expected = new LinkedHashMap<>();
            int crowd = 1 + rng.below(CAPACITY);
            for (int left = rng.below(CAPACITY + 1); left > 0; left--) {
                int person = rng.below(crowd);
                int length = 1 + rng.below(1_200);
                add(length, person);
                expected.computeIfAbsent(people.get(person), _ -> new ArrayList<>())
                        .add(length);
            }
            assertThat(drained()).as("turn " + turn).containsExactlyEntriesOf(expected);
        }
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void saysWhenItIsFull() {
        people(1);
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(queue.isFull()).isFalse();
            add(1, 0);
        }
        assertThat(queue.isFull()).isTrue();
        drained();
        assertThat(queue.isFull()).isFalse();
    }
}
