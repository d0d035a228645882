package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkTest {
    private static final long MS = 1_000_000;
    private static final LinkConfig PERFECT = LinkConfig.perfect();

    private record Arrival(int packet, long sentNs, long atNs) {}

    /// Sends numbered packets and keeps what became of them.
    private static final class Traffic implements Link.Outcome<Integer> {
        final Link<Integer> link;
        final List<Arrival> arrivals = new ArrayList<>();
        final List<Integer> lost = new ArrayList<>();
        final List<DropCause> causes = new ArrayList<>();
        long nowNs;
        int packets;

        Traffic(LinkConfig config, long seed) {
            link = new Link<>(config, seed, 0);
        }

        Traffic send(int count, int sizeBytes, long intervalNs) {
            for (int i = 0; i < count; i++) {
                link.send(packets++, sizeBytes, nowNs, this);
                nowNs += intervalNs;
            }
            return this;
        }

        @Override
        public void arrives(Integer packet, long atNs) {
            arrivals.add(new Arrival(packet, nowNs, atNs));
        }

        @Override
        public void dropped(Integer packet, DropCause cause) {
            lost.add(packet);
            causes.add(cause);
        }

        List<Integer> inOrderOfArrival() {
            return arrivals.stream()
                    .sorted((a, b) -> Long.compare(a.atNs, b.atNs))
                    .map(Arrival::packet)
                    .toList();
        }

        List<Long> delaysNs() {
            return arrivals.stream().map(a -> a.atNs - a.sentNs).toList();
        }
    }

    @Test
    void perfectLinkCarriesEverythingAtOnce() {
        Traffic traffic = new Traffic(PERFECT, 1).send(100, 1200, MS);
        assertThat(traffic.delaysNs()).hasSize(100).containsOnly(0L);
    }

    @Test
    void delaysEveryPacketAlike() {
        Traffic traffic = new Traffic(PERFECT.withDelayMs(40), 1).send(100, 1200, MS);
        assertThat(traffic.delaysNs()).hasSize(100).containsOnly(40 * MS);
    }

    @Test
    void jitterSpreadsDelaysButKeepsTheOrder() {
        Fuzz.seeds(10, seed -> {
            Traffic traffic = new Traffic(PERFECT.withDelayMs(40).withJitterMs(10), seed).send(5_000, 1200, 100 * MS);
            double meanMs = traffic.delaysNs().stream()
                            .mapToLong(Long::longValue)
                            .average()
                            .orElseThrow()
                    / MS;
            assertThat(meanMs).isCloseTo(48, within(1.0));
            assertThat(traffic.delaysNs()).allMatch(delay -> delay >= 40 * MS);
            Traffic dense = new Traffic(PERFECT.withJitterMs(10), seed).send(1_000, 1200, MS);
            assertThat(dense.inOrderOfArrival()).isSorted();
        });
    }

    @Test
    void losesTheConfiguredShareIndependently() {
        Fuzz.seeds(10, seed -> {
            Traffic traffic = new Traffic(PERFECT.withLoss(0.3), seed).send(20_000, 1200, MS);
            assertThat(traffic.lost.size() / 20_000.0).isCloseTo(0.3, within(0.015));
            assertThat(meanBurst(traffic.lost)).isCloseTo(1 / 0.7, within(0.06));
            assertThat(traffic.causes).containsOnly(DropCause.LOSS);
            assertThat(traffic.link.dropped(DropCause.LOSS)).isEqualTo(traffic.lost.size());
        });
    }

    @Test
    void losesInBurstsOfTheConfiguredLength() {
        Fuzz.seeds(10, seed -> {
            Traffic traffic = new Traffic(PERFECT.withLoss(0.1, 5), seed).send(100_000, 1200, MS);
            assertThat(traffic.lost.size() / 100_000.0).isCloseTo(0.1, within(0.01));
            assertThat(meanBurst(traffic.lost)).isCloseTo(5, within(0.4));
        });
    }

    @Test
    void losesAllOrNothingAtTheEnds() {
        assertThat(new Traffic(PERFECT.withLoss(1), 1).send(1_000, 1200, MS).arrivals)
                .isEmpty();
        assertThat(new Traffic(PERFECT.withLoss(1, 4), 1).send(1_000, 1200, MS).arrivals)
                .isEmpty();
        assertThat(new Traffic(PERFECT.withLoss(0, 4), 1).send(1_000, 1200, MS).lost)
                .isEmpty();
    }

    @Test
    void everyPacketEitherArrivesOrIsReportedDropped() {
        LinkConfig bad = PERFECT.withDelayMs(20)
                .withJitterMs(20)
                .withLoss(0.1, 3)
                .withDuplicate(0.1)
                .withReorder(0.1, 30)
                .withRate(1_000_000, 50)
                .withBlackouts(3600, 100)
                .withDatagramBytesMax(1250);
        Fuzz.seeds(20, seed -> {
            Traffic traffic = new Traffic(bad, seed);
            for (int i = 0; i < 500; i++) {
                traffic.send(10, 200 + (i * 5) % 1200, 5 * MS);
            }
            Set<Integer> arrived = new HashSet<>(traffic.inOrderOfArrival());
            assertThat(arrived).doesNotContainAnyElementsOf(traffic.lost);
            assertThat(arrived.size() + traffic.lost.size()).isEqualTo(5_000);
            assertThat(traffic.arrivals).hasSize(arrived.size() + Math.toIntExact(traffic.link.duplicated()));
            assertThat(traffic.causes).contains(DropCause.values());
        });
    }

    @Test
    void duplicatesTheConfiguredShare() {
        Traffic traffic = new Traffic(PERFECT.withDelayMs(10).withDuplicate(0.1), 1).send(10_000, 1200, MS);
        assertThat(traffic.arrivals.size()).isCloseTo(11_000, within(150));
        assertThat(new HashSet<>(traffic.inOrderOfArrival())).hasSize(10_000);
    }

    @Test
    void reorderedPacketsAreOvertaken() {
        Traffic traffic = new Traffic(PERFECT.withDelayMs(10).withReorder(0.05, 20), 1).send(10_000, 1200, MS);
        List<Integer> order = traffic.inOrderOfArrival();
        long overtaken = 0;
        int highest = -1;
        for (int packet : order) {
            overtaken += packet < highest ? 1 : 0;
            highest = Math.max(highest, packet);
        }
        assertThat(overtaken).isEqualTo(traffic.link.reordered()).isBetween(430L, 570L);
    }

    @Test
    void rateLimitSpacesPacketsOut() {
        Traffic traffic = new Traffic(PERFECT.withRate(960_000, 10_000), 1).send(50, 1200, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(traffic.arrivals.get(i).atNs).isEqualTo((i + 1) * 10L * MS);
        }
    }

    @Test
    void fullQueueDropsTheTail() {
        Traffic traffic = new Traffic(PERFECT.withRate(960_000, 100), 1).send(30, 1200, 0);
        assertThat(traffic.inOrderOfArrival()).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(traffic.causes).hasSize(20).containsOnly(DropCause.QUEUE_FULL);
        traffic.nowNs = 55 * MS;
        traffic.send(6, 1200, 0);
        assertThat(traffic.lost).as("five places are free again").hasSize(21);
    }

    @Test
    void slowLinkStillCarriesOnePacketAtATime() {
        Traffic traffic = new Traffic(PERFECT.withRate(9_600, 0), 1).send(2, 1200, 0);
        assertThat(traffic.arrivals).hasSize(1);
    }

    @Test
    void throughputIsTheRateWhenOverloaded() {
        Traffic traffic = new Traffic(PERFECT.withRate(1_000_000, 200).withDelayMs(30), 1).send(5_000, 1000, 4 * MS);
        double seconds = traffic.nowNs / 1e9;
        assertThat(traffic.arrivals.size() * 8000 / seconds).isCloseTo(1_000_000, within(15_000.0));
        assertThat(traffic.delaysNs()).allMatch(delay -> delay <= 230 * MS);
    }

    @Test
    void nothingPassesInABlackoutOrderedByHand() {
        Traffic traffic = new Traffic(PERFECT, 1).send(10, 1200, MS);
        traffic.link.disruptions().blackout(traffic.nowNs, 5 * MS);
        traffic.link.disruptions().blackout(traffic.nowNs, MS);
        traffic.send(10, 1200, MS);
        assertThat(traffic.lost).containsExactly(10, 11, 12, 13, 14);
        assertThat(traffic.causes).containsOnly(DropCause.BLACKOUT);
    }

    @Test
    void blackoutsComeAsOftenAndLastAsLongAsConfigured() {
        Traffic traffic = new Traffic(PERFECT.withBlackouts(60, 2_000), 3).send(360_000, 1200, 100 * MS);
        assertThat(traffic.lost.size() / 360_000.0)
                .as("10 hours, 600 blackouts of 2 s, some overlap")
                .isCloseTo(600 * 2 / 36_000.0, within(0.005));
    }

    @Test
    void addressChangesAsOftenAsConfiguredAndByHand() {
        Link<Integer> link = new Link<>(PERFECT.withAddressChanges(20), 1, 0);
        assertThat(link.disruptions().address(0)).isZero();
        int after = link.disruptions().address(100 * 3_600_000 * MS);
        assertThat(after).isBetween(1_850, 2_150);
        link.disruptions().changeAddress();
        assertThat(link.disruptions().address(100 * 3_600_000 * MS)).isEqualTo(after + 1);
    }

    @Test
    void refusesLongDatagrams() {
        Traffic traffic = new Traffic(PERFECT.withDatagramBytesMax(1232), 1)
                .send(1, 1232, 0)
                .send(1, 1233, 0);
        assertThat(traffic.lost).containsExactly(1);
        assertThat(traffic.causes).containsExactly(DropCause.TOO_LONG);
    }

    @Test
    void newConfigurationHoldsFromThenOn() {
        Traffic traffic = new Traffic(PERFECT.withLoss(1), 1).send(10, 1200, MS);
        traffic.link.configure(PERFECT, traffic.nowNs);
        traffic.send(10, 1200, MS);
        assertThat(traffic.inOrderOfArrival()).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void oneSeedGivesOneHistory() {
        LinkConfig bad =
                PERFECT.withJitterMs(20).withLoss(0.2, 2).withDuplicate(0.1).withReorder(0.1, 5);
        List<Arrival> first = new Traffic(bad, 7).send(1_000, 1200, MS).arrivals;
        assertThat(new Traffic(bad, 7).send(1_000, 1200, MS).arrivals).isEqualTo(first);
        assertThat(new Traffic(bad, 8).send(1_000, 1200, MS).arrivals).isNotEqualTo(first);
    }

    @Test
    void refusesConfigurationsThatMakeNoSense() {
        assertThatThrownBy(() -> PERFECT.withLoss(1.1)).hasMessageContaining("loss must be 0 to 1, got 1.1");
        assertThatThrownBy(() -> PERFECT.withDuplicate(Double.NaN)).hasMessageContaining("duplicate");
        assertThatThrownBy(() -> PERFECT.withDelayMs(-1)).hasMessageContaining("at least 0, got -1");
        assertThatThrownBy(() -> PERFECT.withRate(-5, 1)).hasMessageContaining("rate");
    }

    private static double meanBurst(List<Integer> lost) {
        int bursts = 0;
        for (int i = 0; i < lost.size(); i++) {
            bursts += i == 0 || lost.get(i) != lost.get(i - 1) + 1 ? 1 : 0;
        }
        return (double) lost.size() / bursts;
    }
}
