package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Simulation sim = new Simulation(5);
    private final List<String> log = new ArrayList<>();

    @Test
    void eventsHappenInTheOrderOfTimeAndThenOfScheduling() {
        long start = sim.nowNs();
        sim.after(20, () -> log.add("c"));
        sim.after(10, () -> log.add("a"));
        sim.after(10, () -> log.add("b"));
        sim.after(31, () -> log.add("too late"));
        sim.run(30);
        assertThat(log).containsExactly("a", "b", "c");
        assertThat(sim.nowNs()).isEqualTo(start + 30);
        assertThat(sim.elapsedNs()).isEqualTo(30);
    }

    @Test
    void eventsSeeTheirOwnTimeAndMayScheduleMore() {
        sim.after(10, () -> {
            log.add("at " + sim.elapsedNs());
            sim.after(0, () -> log.add("same time " + sim.elapsedNs()));
            sim.at(0, () -> log.add("past becomes now " + sim.elapsedNs()));
        });
        sim.after(10, () -> log.add("scheduled before"));
        sim.run(100);
        assertThat(log).containsExactly("at 10", "scheduled before", "same time 10", "past becomes now 10");
    }

    @Test
    void cancelledEventsDoNotHappen() {
        Event event = sim.after(10, () -> log.add("never"));
        sim.after(5, event::cancel);
        sim.run(SECOND);
        assertThat(log).isEmpty();
        assertThat(sim.eventsHappened()).isEqualTo(1);
    }

    @Test
    void repeatsUntilTheEnd() {
        sim.every(SECOND, () -> log.add("tick"));
        sim.run(10 * SECOND);
        assertThat(log).hasSize(10);
        assertThatThrownBy(() -> sim.every(0, () -> {})).hasMessageContaining("period 0");
    }

    @Test
    void stopsWhereAnEventSaysSoAndGoesOnLater() {
        sim.after(10, sim::stop);
        sim.after(20, () -> log.add("after the stop"));
        sim.run(100);
        assertThat(sim.elapsedNs()).isEqualTo(10);
        sim.run(100);
        assertThat(log).hasSize(1);
    }

    @Test
    void endsWhenNothingIsLeft() {
        sim.after(10, () -> log.add("last"));
        sim.runUntilQuiet(SECOND);
        assertThat(sim.elapsedNs()).isEqualTo(10);
    }

    @Test
    void failureNamesTheSeedAndTheTime() {
        sim.after(1_500_000_000, () -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> sim.run(2 * SECOND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dparley.seed=5")
                .hasMessageContaining("after 1.5 s")
                .hasMessageContaining("broken")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void failsWhenTimeStandsStill() {
        sim.after(10, this::again);
        assertThatThrownBy(() -> sim.run(SECOND)).hasMessageContaining("time stands still");
    }

    private void again() {
        sim.after(0, this::again);
    }

    @Test
    void twoRunsOfOneSeedGiveTheSameTraceHash() {
        Fuzz.seeds(20, seed -> {
            long first = busyWorld(seed);
            assertThat(busyWorld(seed)).isEqualTo(first);
            assertThat(busyWorld(seed + 1)).isNotEqualTo(first);
        });
    }

    @Test
    void traceHashShowsContentAndOrder() {
        assertThat(traced("ab", "c")).isNotEqualTo(traced("a", "bc")).isNotEqualTo(traced("c", "ab"));
        assertThat(traced("0123456789", "")).isNotEqualTo(traced("0123456780", ""));
        assertThat(traced("ab", "c")).isEqualTo(traced("ab", "c"));
    }

    private static long traced(String first, String second) {
        Simulation sim = new Simulation(1);
        for (String part : List.of(first, second)) {
            byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
            sim.trace(bytes, 0, bytes.length);
        }
        return sim.traceHash();
    }

    /// Three links that feed each other for a minute.
    private static long busyWorld(long seed) {
        Simulation sim = new Simulation(seed);
        LinkConfig config = LinkConfig.perfect()
                .withDelayMs(30)
                .withJitterMs(10)
                .withLoss(0.1, 3)
                .withDuplicate(0.02)
                .withReorder(0.05, 20)
                .withRate(2_000_000, 100)
                .withBlackouts(120, 500);
        List<Link<byte[]>> links = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            links.add(new Link<>(config, sim.nextSeed(), sim.nowNs()));
        }
        SplittableRandom sizes = new SplittableRandom(sim.nextSeed());
        sim.every(5_000_000, () -> {
            byte[] packet = new byte[200 + sizes.nextInt(1000)];
            sizes.nextBytes(packet);
            hop(sim, links, 0, packet);
        });
        sim.run(60 * SECOND);
        assertThat(sim.eventsHappened()).isGreaterThan(20_000);
        return sim.traceHash();
    }

    private static void hop(Simulation sim, List<Link<byte[]>> links, int index, byte[] packet) {
        if (index == links.size()) {
            sim.trace(packet, 0, packet.length);
            return;
        }
        links.get(index).send(packet, packet.length, sim.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] arrived, long atNs) {
                sim.at(atNs, () -> hop(sim, links, index + 1, arrived));
            }

            @Override
            public void dropped(byte[] lost, DropCause cause) {
                sim.trace(cause.ordinal());
            }
        });
    }
}
