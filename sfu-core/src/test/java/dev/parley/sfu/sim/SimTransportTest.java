package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.synthetic.Publishing;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to the ways between a call and its people, seen from the others.
final class SimTransportTest {
    private static final LinkConfig LOSSY =
            LinkConfig.perfect().withDelayMs(30).withJitterMs(5).withLoss(0.1);

    private final SimCall call = new SimCall(1, SimCall.GOOD);

    private long lastFrameNs(SimBrowser viewer, SimBrowser shown) {
        int slot = shown.slotAt(viewer, TrackSource.CAMERA);
        return slot < 0 ? Long.MIN_VALUE : viewer.receiver().lastFrameNs(viewer.ssrcOf(slot, true));
    }

    private void assertSeenWithin(SimBrowser viewer, SimBrowser shown, double seconds) {
        assertThat(lastFrameNs(viewer, shown))
                .as(viewer.name() + " sees " + shown.name())
                .isGreaterThan(call.nowNs() - (long) (seconds * 1e9));
    }

    private long count(SimBrowser of, Class<? extends SfuEvent> event) {
        return of.events().stream().filter(event::isInstance).count();
    }

    /// How many different packets reach each of them in the next seconds: key frames more or less change it a little,
    /// a second without media by a third.
    private static long[] packetsOf(SimCall call, SimBrowser alice, SimBrowser bob, double seconds) {
        long[] before = {alice.receiver().packets(), bob.receiver().packets()};
        call.run(seconds);
        return new long[] {
            alice.receiver().packets() - before[0], bob.receiver().packets() - before[1]
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("hostile A06: an ICE restart under loss, old and new checks under way")
    void hostile_A06_aRestartChangesNothingOfTheMedia(long seed) {
        SimCall lossy = new SimCall(seed, LOSSY);
        SimBrowser alice = lossy.join(Publishing.page());
        SimBrowser bob = lossy.join(Publishing.page());
        lossy.run(2);
        long[] usual = packetsOf(lossy, alice, bob, 3);
        for (int i = 0; i < 4; i++) {
            if (i % 2 == 0) {
                alice.client().restartIce();
            } else {
                alice.client().restartIceByFragment();
            }
            long[] now = packetsOf(lossy, alice, bob, 3);
            assertThat(now[0]).as(lossy.toString()).isGreaterThan(usual[0] * 3 / 4);
            assertThat(now[1]).as(lossy.toString()).isGreaterThan(usual[1] * 3 / 4);
        }
        assertThat(lossy.server().count(SfuCounter.DTLS_OK)).as("same keys").isEqualTo(2);
        lossy.end();
    }

    @Test
    @DisplayName("hostile A08: a client moves to another network in mid-call")
    void hostile_A08_mediaComesBackWithinASecondOfAMove() {
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        call.run(5);
        for (int i = 0; i < 10; i++) {
            alice.client().move();
            call.run(1);
            assertSeenWithin(alice, bob, 0.3);
            assertSeenWithin(bob, alice, 0.3);
            call.run(2);
        }
        assertThat(call.server().count(SfuCounter.DTLS_OK)).as("same keys").isEqualTo(2);
        call.end();
    }

    /// The client does not know of its NAT's new binding: its media counts again from its next check on.
    @Test
    void mediaComesBackWithTheNextCheckAfterANatForgot() {
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        call.run(5);
        for (int i = 0; i < 10; i++) {
            alice.client().net().path().changeAddress();
            call.run(4);
            assertSeenWithin(alice, bob, 0.3);
            assertSeenWithin(bob, alice, 0.3);
        }
        assertThat(call.server().count(SfuCounter.DTLS_OK)).as("same keys").isEqualTo(2);
        call.end();
    }

    @Test
    void whoClosesThePageIsAwayAtOnceAndOutOfTheGridAfterThreeSeconds() {
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        call.run(5);
        bob.client().closePage();
        call.here().remove(bob);
        call.run(0.1);
        assertThat(count(bob, SfuEvent.Away.class)).isEqualTo(1);
        call.run(2.8);
        assertThat(bob.slotAt(alice, TrackSource.CAMERA)).isNotNegative();
        call.run(0.2);
        assertThat(bob.slotAt(alice, TrackSource.CAMERA)).isEqualTo(-1);
        call.run(27.5);
        assertThat(bob.events()).contains(new SfuEvent.Closed(bob.id(), CloseReason.LOST));
        call.end();
    }

    @Test
    @DisplayName("hostile A07: away after 6 s, silent after 15 s, closed after 30 s")
    void hostile_A07_whoIsLostIsAwayThenNotSentToThenClosed() {
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        call.run(5);
        bob.client().vanish();
        call.here().remove(bob);
        call.run(5.9);
        assertThat(count(bob, SfuEvent.Away.class)).isZero();
        call.run(0.2);
        assertThat(count(bob, SfuEvent.Away.class)).isEqualTo(1);
        call.run(8.8);
        long sent = bob.sentToUs();
        call.run(0.05);
        assertThat(bob.sentToUs()).as("still sent to").isGreaterThan(sent);
        call.run(0.1);
        sent = bob.sentToUs();
        call.run(14);
        assertThat(bob.sentToUs()).as("consent is lost").isEqualTo(sent);
        assertThat(count(bob, SfuEvent.Closed.class)).isZero();
        call.run(1.1);
        assertThat(bob.events()).contains(new SfuEvent.Closed(bob.id(), CloseReason.LOST));
        assertThat(alice.events()).noneMatch(SfuEvent.Away.class::isInstance);
        call.end();
    }

    @Test
    void whoComesBackAfterTwentySecondsIsSeenAgain() {
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        call.run(5);
        bob.client().net().path().blackout(call.nowNs(), 20 * SimCall.SECOND_NS);
        call.run(20);
        assertThat(count(bob, SfuEvent.Away.class)).isEqualTo(1);
        call.run(3);
        assertThat(count(bob, SfuEvent.Connected.class)).as("and again").isEqualTo(2);
        assertSeenWithin(alice, bob, 0.3);
        assertSeenWithin(bob, alice, 0.3);
        call.end();
    }

    @Test
    @DisplayName("a whole join over 30 % loss and 500 ms round trip")
    void aJoinOverATerribleLinkEndsInMedia() {
        int joins = 60;
        double[] connectedS = new double[joins];
        double[] mediaS = new double[joins];
        for (int i = 0; i < joins; i++) {
            SimCall one = new SimCall(i, SimCall.GOOD);
            one.join(Publishing.page());
            one.run(2);
            one.link(LinkConfig.perfect().withDelayMs(250).withLoss(0.3));
            long startNs = one.nowNs();
            one.liveness().expectFreezes();
            SimBrowser far = one.join(Publishing.nothing());
            one.run(15);
            connectedS[i] = (far.connectedNs() - startNs) / 1e9;
            mediaS[i] = (far.firstMediaNs() - startNs) / 1e9;
            one.end();
        }
        Arrays.sort(connectedS);
        Arrays.sort(mediaS);
        System.out.printf(
                "joins over 30 %% loss and 500 ms: keys p50 %.2f s p95 %.2f s, first media p50 %.2f s p95 %.2f s%n",
                connectedS[joins / 2], connectedS[joins * 95 / 100], mediaS[joins / 2], mediaS[joins * 95 / 100]);
        assertThat(connectedS[joins * 95 / 100]).isLessThan(7);
        assertThat(mediaS[joins * 95 / 100]).isLessThan(8);
    }
}
