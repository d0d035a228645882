package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.SfuCounter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A browser-like agent against the lite one, over bad networks, with many seeds.
class IceSimulationTest {
    private static final LinkConfig GOOD = LinkConfig.perfect().withDelayMs(25).withJitterMs(5);
    private static final LinkConfig LOSSY =
            GOOD.withLoss(0.1, 3).withReorder(0.05, 30).withDuplicate(0.02);
    private static final LinkConfig AWFUL =
            LinkConfig.perfect().withDelayMs(250).withJitterMs(50).withLoss(0.3);

    static Stream<IceClientSettings> browsers() {
        return Stream.of(IceClientSettings.chromium(), IceClientSettings.firefox());
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void bothConnectOverAnyNetwork(IceClientSettings browser) {
        for (LinkConfig link : List.of(LinkConfig.perfect(), GOOD, LOSSY, AWFUL)) {
            Fuzz.seeds(100, seed -> {
                IceWorld world = new IceWorld(seed, link, browser);
                world.runMs(5_000);

                assertThat(world.client.state()).isEqualTo(IceClientState.CONNECTED);
                assertThat(world.server.consent()).isEqualTo(ConsentState.CONNECTED);
                assertThat(world.up.packets).isPositive();
                assertThat(world.down.packets).isPositive();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void aBystanderWithoutMediaStaysConnected(IceClientSettings browser) {
        Fuzz.seeds(20, seed -> {
            IceWorld world = new IceWorld(seed, GOOD.withLoss(0.05), browser);
            world.clientSendsMedia = false;
            world.server.active(false);
            world.runMs(600_000);

            assertThat(world.states).containsExactly(ConsentState.CONNECTED);
            assertThat(world.clientStates).containsExactly(IceClientState.CONNECTED);
        });
    }

    @Test
    void aRunOfOneSeedIsTheSameTwice() {
        assertThat(trace(5)).isEqualTo(trace(5)).isNotEqualTo(trace(6));
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void mediaIsBackSoonAfterABlackout(IceClientSettings browser) {
        Fuzz.seeds(50, seed -> {
            IceWorld world = new IceWorld(seed, LOSSY, browser);
            world.runMs(5_000);
            world.blackoutMs(5_000);
            world.runMs(5_000);
            world.runMs(1_000);

            assertThat(world.up.gapNs()).isLessThan(TimeUnit.MILLISECONDS.toNanos(700));
            assertThat(world.down.gapNs()).isLessThan(TimeUnit.MILLISECONDS.toNanos(700));
            assertThat(world.server.consent()).isEqualTo(ConsentState.CONNECTED);
        });
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void aBlackoutOf20SecondsStopsSendingAndIsSurvived(IceClientSettings browser) {
        Fuzz.seeds(20, seed -> {
            IceWorld world = new IceWorld(seed, GOOD, browser);
            world.runMs(5_000);
            world.blackoutMs(20_000);
            world.runMs(19_000);
            assertThat(world.server.selected()).isNull();

            // Chromium has given up by now, and its page asks for a restart
            if (world.client.state() == IceClientState.FAILED) {
                restart(world, 0);
            }
            world.runMs(4_000);

            assertThat(world.states)
                    .containsExactly(
                            ConsentState.CONNECTED, ConsentState.AWAY, ConsentState.SILENT, ConsentState.CONNECTED);
            assertThat(world.down.gapNs()).isLessThan(TimeUnit.SECONDS.toNanos(1));
        });
    }

    @ParameterizedTest
    @MethodSource("browsers")
    @DisplayName("hostile A08 after a change of address the new path carries media within a second")
    void hostile_A08_afterAChangeOfAddressTheNewPathCarriesMediaWithinASecond(IceClientSettings browser) {
        Fuzz.seeds(50, seed -> {
            IceWorld world = new IceWorld(seed, GOOD.withLoss(0.05), browser);
            world.runMs(5_000);
            world.up.forgetGaps();
            world.down.forgetGaps();
            for (int i = 0; i < 20; i++) {
                world.roam();
                world.runMs(3_000);
            }

            assertThat(world.up.longestGapNs).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(world.down.longestGapNs).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(world.states).containsExactly(ConsentState.CONNECTED);
            assertThat(world.selections).hasSize(21);
        });
    }

    @Test
    @DisplayName("hostile A08 who only watches is found again by nomination")
    void hostile_A08_whoOnlyWatchesIsFoundAgainByNomination() {
        Fuzz.seeds(50, seed -> {
            IceWorld world = new IceWorld(seed, GOOD, IceClientSettings.chromium());
            world.runMs(3_000);
            world.clientSendsMedia = false;
            world.runMs(10_000);
            world.roam();
            world.runMs(3_500);

            assertThat(world.down.gapNs()).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
        });
    }

    @ParameterizedTest
    @MethodSource("browsers")
    void aNatThatForgetsIsFollowedAtTheNextCheck(IceClientSettings browser) {
        Fuzz.seeds(50, seed -> {
            IceWorld world = new IceWorld(seed, GOOD, browser);
            world.runMs(10_000);
            world.up.forgetGaps();
            world.path.changeAddress();
            world.runMs(7_000);

            long checkNs = browser.checkIntervalNs() + browser.checkJitterNs();
            assertThat(world.up.longestGapNs).isLessThan(checkNs + TimeUnit.MILLISECONDS.toNanos(200));
            assertThat(world.down.gapNs()).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
        });
    }

    @ParameterizedTest
    @MethodSource("browsers")
    @DisplayName("hostile A06 media goes on through a restart, and what was overheard before is dead")
    void hostile_A06_mediaGoesOnThroughARestart(IceClientSettings browser) {
        Fuzz.seeds(50, seed -> {
            IceWorld world = new IceWorld(seed, GOOD, browser);
            world.runMs(5_000);
            world.up.forgetGaps();
            world.down.forgetGaps();
            List<IceWorld.Datagram> before = List.copyOf(world.overheard);
            restart(world, 300);
            world.runMs(5_000);

            assertThat(world.up.longestGapNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(world.down.longestGapNs).isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
            long unknown = world.counters.get(SfuCounter.STUN_UNKNOWN_UFRAG);
            before.forEach(datagram -> world.replay(datagram.bytes()));
            assertThat(world.counters.get(SfuCounter.STUN_UNKNOWN_UFRAG) - unknown)
                    .isEqualTo(before.size())
                    .isPositive();
            assertThat(world.clientStates).containsExactly(IceClientState.CONNECTED);
        });
    }

    @ParameterizedTest
    @MethodSource("browsers")
    @DisplayName("hostile A07 who vanishes is away, then not sent to, then gone")
    void hostile_A07_whoVanishesIsAwayThenNotSentToThenGone(IceClientSettings browser) {
        Fuzz.seeds(20, seed -> {
            IceWorld world = new IceWorld(seed, GOOD, browser);
            world.runMs(5_000);
            world.vanish();
            world.runMs(5_900);
            assertThat(world.server.consent()).isEqualTo(ConsentState.CONNECTED);
            world.runMs(200);
            assertThat(world.server.consent()).isEqualTo(ConsentState.AWAY);
            world.runMs(8_950);
            assertThat(world.server.consent()).isEqualTo(ConsentState.SILENT);
            assertThat(world.server.selected()).isNull();
            world.runMs(15_000);
            assertThat(world.server.consent()).isEqualTo(ConsentState.CLOSED);
        });
    }

    @Test
    void aClientThatBeginsInTheWrongRoleLearnsTheRightOne() {
        IceWorld world = new IceWorld(1, LOSSY, IceClientSettings.chromium().withRole(IceRole.CONTROLLED));
        world.runMs(2_000);

        assertThat(world.client.role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(world.client.state()).isEqualTo(IceClientState.CONNECTED);
    }

    /// The offer's way to the server and the answer's way back take `eachWayMs` each.
    private static void restart(IceWorld world, long eachWayMs) {
        IceCredentials nextServer = IceCredentials.local(world.rng, 0);
        IceCredentials nextClient = IceCredentials.local(world.rng, 0);
        world.runMs(eachWayMs);
        world.server.restart(nextServer, nextClient, world.sim.nowNs());
        world.runMs(eachWayMs);
        world.client.restart(nextClient, nextServer, world.sim.nowNs());
        world.touch();
    }

    private static long trace(long seed) {
        IceWorld world = new IceWorld(seed, LOSSY, IceClientSettings.firefox());
        world.runMs(20_000);
        return world.sim.traceHash();
    }
}
