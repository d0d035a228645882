package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stun.StunCodec;
import dev.parley.sfu.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IceLiteTest {
    private static final Flow A = IceRig.flow(1001);
    private static final Flow B = IceRig.flow(1002);

    private final IceRig rig = new IceRig();

    @AfterEach
    void everyPacketWentBack() {
        assertThat(rig.pool.outstanding()).isZero();
    }

    @Test
    void answersACheckFromTheAddressThatWasAsked() {
        IceRig.Sent answer = answered(rig.check(A));

        assertThat(answer.flow()).isSameAs(A);
        assertThat(answer.message().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
        assertThat(answer.message().xorMappedAddress()).isEqualTo(A.remote());
        assertThat(StunCodec.verify(answer.message(), rig.server.password())).isTrue();
        assertThat(rig.bound).containsExactly(A);
        assertThat(rig.states).containsExactly(ConsentState.CONNECTED);
        assertThat(rig.ice.isBound(A)).isTrue();
        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    void answersOverTcpAndIpv6() {
        Flow flow = new Flow(
                Flow.Protocol.TCP,
                new InetSocketAddress("2001:db8::1", 443),
                new InetSocketAddress("2001:db8::2", 50_000));

        IceRig.Sent answer = answered(rig.check(flow));

        assertThat(answer.message().xorMappedAddress()).isEqualTo(flow.remote());
        assertThat(rig.ice.selected()).isEqualTo(flow);
    }

    @Test
    void theSameRemoteAddressOverAnotherLocalOneIsAnotherPath() {
        rig.check(A);
        Flow other = Flow.udp(new InetSocketAddress("192.0.2.2", 7882), A.remote());

        assertThat(rig.ice.isBound(other)).isFalse();
        assertThat(answered(rig.check(other)).flow()).isEqualTo(other);
        assertThat(rig.bound).containsExactly(A, other);
    }

    @Test
    void aPeerThatSaysItIsControlledLearnsOfTheConflict() {
        IceRig.Sent answer = answered(rig.receive(rig.request(rig.server, false, false), A));

        assertThat(answer.message().errorCode()).isEqualTo(487);
        assertThat(StunCodec.verify(answer.message(), rig.server.password())).isTrue();
        assertThat(rig.bound).isEmpty();
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CHECKING);
    }

    @Test
    void aRetransmittedCheckIsAnsweredAgainAndAReplayedOneIsNot() {
        byte[] check = rig.request(rig.server, true, false);

        assertThat(rig.receive(check, A)).isNotNull();
        assertThat(rig.receive(check, A)).isNotNull();
        assertThat(rig.receive(check, B)).isNull();
        assertThat(rig.bound).containsExactly(A);
        assertThat(rig.count(SfuCounter.STUN_REPLAYED)).isEqualTo(1);
    }

    @Test
    void aHalfOfTheUsernameThatIsNotOursDoesNotMatter() {
        String username = rig.server.ufrag() + ":next";

        assertThat(rig.receive(rig.request(username, rig.server.password(), true, false), A))
                .isNotNull();
    }

    @Test
    void responsesAndIndicationsAreNotForALiteAgent() {
        byte[] response = answered(rig.check(A)).bytes();
        rig.sent.clear();

        rig.receive(response, A);

        assertThat(rig.sent).isEmpty();
        assertThat(rig.count(SfuCounter.STUN_UNEXPECTED)).isEqualTo(1);
    }

    @Test
    void withoutMediaTheNewestNominationWins() {
        rig.check(A);
        rig.check(B);
        rig.nominate(A);
        assertThat(rig.ice.selected()).isEqualTo(A);

        rig.passMs(500);
        rig.nominate(B);
        assertThat(rig.ice.selected()).isEqualTo(B);
    }

    @Test
    void withoutNominationTheAddressBoundLastWins() {
        rig.check(A);
        rig.passMs(500);
        rig.check(B);
        rig.passMs(500);
        rig.check(A);

        assertThat(rig.ice.selected()).isEqualTo(B);
    }

    @Test
    void mediaOutweighsNomination() {
        rig.check(A);
        rig.nominate(B);
        rig.media(A, 1, 0);

        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    void whatComesFromAnUnboundAddressCountsForNothing() {
        rig.check(A);
        rig.passMs(5_000);
        rig.media(B, 10, 1);
        rig.passMs(9_000);

        assertThat(rig.ice.consent()).isEqualTo(ConsentState.AWAY);
        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    void awayThenSilentThenClosed() {
        rig.ice.active(true);
        rig.check(A);
        rig.passMs(5_999);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CONNECTED);
        rig.passMs(1);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.AWAY);
        assertThat(rig.ice.selected()).isEqualTo(A);
        rig.passMs(9_000);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.SILENT);
        assertThat(rig.ice.selected()).isNull();
        assertThat(rig.bound).containsExactly(A);
        rig.passMs(15_000);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CLOSED);
        assertThat(rig.bound).isEmpty();
        assertThat(rig.ice.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        assertThat(rig.states)
                .containsExactly(ConsentState.CONNECTED, ConsentState.AWAY, ConsentState.SILENT, ConsentState.CLOSED);
    }

    @Test
    void theIdleAreAwayLater() {
        rig.check(A);
        rig.passMs(12_999);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CONNECTED);
        rig.passMs(1);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.AWAY);
    }

    @Test
    void aPacketBringsBackWhoWasSilent() {
        rig.check(A);
        rig.passMs(20_000);
        assertThat(rig.ice.selected()).isNull();

        rig.media(A, 1, 0);

        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CONNECTED);
        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    void whoNeverChecksIsClosedToo() {
        rig.passMs(30_000);

        assertThat(rig.states).containsExactly(ConsentState.CLOSED);
        assertThat(rig.check(A)).isNull();
    }

    @Test
    void aClosedTcpConnectionIsUnboundAtOnce() {
        rig.check(A);
        rig.check(B);
        rig.media(B, 1, 0);

        rig.ice.gone(B, rig.nowNs);

        assertThat(rig.bound).containsExactly(A);
        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    void anAddressNotHeardForLongIsUnbound() {
        rig.check(A);
        for (int i = 0; i < 40; i++) {
            rig.check(B);
            rig.passMs(1_000);
        }

        assertThat(rig.bound).containsExactly(B);
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CONNECTED);
    }

    @Test
    void bothFragmentsWorkUntilTheNewOneWasUsed() {
        IceCredentials next = IceCredentials.local(rig.rng, 3);
        rig.check(A);
        rig.ice.restart(next, new IceCredentials("new1", "another"), rig.nowNs);

        assertThat(rig.check(A)).isNotNull();
        assertThat(rig.receive(rig.request(next, true, false), A)).isNotNull();
        assertThat(rig.check(A)).isNull();
        assertThat(rig.ice.selected()).isEqualTo(A);
        assertThat(rig.ice.isBound(A)).isTrue();
    }

    @Test
    void anUnfinishedRestartIsReplacedByTheNext() {
        IceCredentials second = IceCredentials.local(rig.rng, 3);
        IceCredentials third = IceCredentials.local(rig.rng, 3);
        rig.ice.restart(second, rig.client, rig.nowNs);
        rig.ice.restart(third, rig.client, rig.nowNs);

        assertThat(rig.receive(rig.request(second, true, false), A)).isNull();
        assertThat(rig.check(A)).isNotNull();
        assertThat(rig.receive(rig.request(third, true, false), A)).isNotNull();
    }

    @Test
    void otherCredentialsInAnOfferAreARestart() {
        assertThat(rig.ice.wouldRestart(new IceCredentials(rig.client.ufrag(), rig.client.password())))
                .isFalse();
        assertThat(rig.ice.wouldRestart(new IceCredentials(rig.client.ufrag(), "other")))
                .isTrue();
    }

    @Test
    void theRoundTripIsTheTimeFromOurAnswerToTheHandshake() {
        assertThat(rig.ice.roundTripNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        rig.check(A);
        rig.passMs(73);
        rig.ice.handshakeBegan(A, rig.nowNs);
        rig.passMs(5);
        rig.media(A, 3, 1);

        assertThat(rig.ice.roundTripNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(73));
    }

    @Test
    void closingUnbindsAndEndsEverything() {
        rig.check(A);
        rig.check(B);

        rig.ice.close(rig.nowNs);
        rig.media(A, 1, 0);

        assertThat(rig.bound).isEmpty();
        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CLOSED);
        assertThat(rig.ice.selected()).isNull();
        assertThat(rig.check(A)).isNull();
    }

    @Test
    void aPacketAllocatesNothing() {
        rig.check(A);
        rig.check(B);
        assertThat(Allocations.of(1, () -> packets(100_000))).isZero();
    }

    private void packets(int count) {
        for (int i = 0; i < count; i++) {
            rig.nowNs += 1_000_000;
            rig.ice.authenticated(i % 7 == 0 ? B : A, rig.nowNs);
            rig.ice.isBound(A);
            if (rig.ice.nextTimeNs() <= rig.nowNs) {
                rig.ice.onTime(rig.nowNs);
            }
        }
    }

    private static IceRig.Sent answered(IceRig.@Nullable Sent answer) {
        assertThat(answer).isNotNull();
        return Objects.requireNonNull(answer);
    }
}
