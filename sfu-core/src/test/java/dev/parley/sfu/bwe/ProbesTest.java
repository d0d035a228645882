package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Deadlines;
import org.junit.jupiter.api.Test;

final class ProbesTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final double WANTED = 3_000_000;

    private final Probes probes = new Probes(30_000_000);
    private long nowNs = 7 * SECOND;
    private long firstNs;
    private long lastNs;
    private int packets;

    /// Sends the padding of one cluster as the probes ask for it.
    ///
    /// @return bytes
    private int cluster() {
        int bytes = 0;
        packets = 0;
        if (probes.nextTimeNs(nowNs) == Deadlines.NEVER) {
            return 0;
        }
        nowNs = Math.max(nowNs, probes.nextTimeNs(nowNs));
        firstNs = nowNs;
        int id = -1;
        while (probes.nextTimeNs(nowNs) < nowNs + SECOND && (id < 0 || probes.clusterNow(false, nowNs) == id)) {
            nowNs = Math.max(nowNs, probes.nextTimeNs(nowNs));
            for (int due = probes.paddingDue(nowNs); due > 0; due = probes.paddingDue(nowNs)) {
                bytes += due;
                packets++;
                lastNs = nowNs;
            }
            id = probes.cluster().id();
        }
        return bytes;
    }

    @Test
    void beginsWithThreeAndSixTimesTheEstimate() {
        probes.begin(300_000, WANTED, nowNs);
        int first = cluster();
        assertThat(first * 8e9 / ProbeCluster.DURATION_NS).isBetween(890_000.0, 910_000.0);
        assertThat(packets).isGreaterThanOrEqualTo(5);
        assertThat(lastNs - firstNs).isLessThan(15 * MS);
        int second = cluster();
        assertThat(second * 8e9 / ProbeCluster.DURATION_NS).isBetween(1_780_000.0, 1_820_000.0);
        assertThat(cluster()).isZero();
    }

    @Test
    void goesOnAtTheStartAsLongAsThereIsRoom() {
        probes.begin(300_000, WANTED, nowNs);
        cluster();
        cluster();
        nowNs += 100 * MS;
        probes.result(1_800_000, true, WANTED, nowNs);
        assertThat(cluster() * 8e9 / ProbeCluster.DURATION_NS).isBetween(3_500_000.0, 3_700_000.0);
        nowNs += 100 * MS;
        probes.result(2_000_000, false, WANTED, nowNs);
        assertThat(cluster()).isZero();
    }

    @Test
    void triesAgainSoonWhenTheFirstOnesFoundNothing() {
        probes.begin(300_000, WANTED, nowNs);
        cluster();
        cluster();
        assertThat(probes.mayTry(nowNs + 900 * MS)).isFalse();
        assertThat(probes.mayTry(nowNs + 1_100 * MS)).isTrue();
    }

    @Test
    void thenTriesTwiceTheEstimateOnceInFiveSeconds() {
        probes.begin(300_000, WANTED, nowNs);
        cluster();
        probes.overused();
        assertThat(cluster()).isZero();
        assertThat(probes.mayTry(nowNs + 4_900 * MS)).isFalse();
        nowNs += 5 * SECOND;
        assertThat(probes.mayTry(nowNs)).isTrue();
        probes.attempt(500_000, 0, WANTED, nowNs);
        assertThat(probes.mayTry(nowNs)).isFalse();
        assertThat(cluster() * 8e9 / ProbeCluster.DURATION_NS).isBetween(990_000.0, 1_010_000.0);
        probes.result(1_000_000, true, WANTED, nowNs);
        assertThat(cluster()).isZero();
    }

    @Test
    void afterADropItTriesWhatThereWasUpToFourTimes() {
        probes.begin(300_000, WANTED, nowNs);
        probes.overused();
        probes.attempt(200_000, 600_000, WANTED, nowNs);
        assertThat(cluster() * 8e9 / ProbeCluster.DURATION_NS).isBetween(590_000.0, 640_000.0);
        probes.attempt(200_000, 6_000_000, WANTED, nowNs);
        assertThat(cluster() * 8e9 / ProbeCluster.DURATION_NS).isBetween(790_000.0, 820_000.0);
    }

    @Test
    void neverTriesFarBeyondWhatIsWanted() {
        probes.begin(300_000, 500_000, nowNs);
        assertThat(cluster() * 8e9 / ProbeCluster.DURATION_NS).isBetween(740_000.0, 760_000.0);
        assertThat(cluster()).isZero();
    }

    @Test
    void mediaTakesThePlaceOfPadding() {
        probes.begin(300_000, WANTED, nowNs);
        int padding = probes.paddingDue(nowNs);
        assertThat(probes.clusterNow(false, nowNs)).isEqualTo(probes.cluster().id());
        probes.sent(1_200);
        assertThat(padding + cluster()).isLessThan(900);
        assertThat(packets + 1).isGreaterThanOrEqualTo(5);
    }

    /// However late it is asked, a cluster lasts 15 ms and not longer, and what is due comes to an end.
    @Test
    void aClusterIsShortWheneverItIsAsked() {
        Fuzz.random(2_000, random -> {
            ProbeCluster cluster = new ProbeCluster();
            double bps = 60_000 + random.nextDouble(30_000_000);
            cluster.begin(1, bps, nowNs);
            long total = 0;
            for (long atNs = nowNs; atNs < nowNs + 40 * MS; atNs += random.nextLong(6 * MS)) {
                int asked = 0;
                for (int due = cluster.paddingDue(atNs); due > 0; due = cluster.paddingDue(atNs)) {
                    assertThat(atNs - nowNs).isLessThan(15 * MS);
                    assertThat(due).isBetween(60, 1_100);
                    assertThat(++asked).isLessThan(100);
                    total += due;
                }
            }
            assertThat(total).isLessThanOrEqualTo(Math.max(cluster.bytesPlanned(), 0) + 60L * cluster.packetsPlanned());
        });
    }
}
