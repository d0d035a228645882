package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stun.StunMessage;
import dev.parley.sfu.stun.StunVectors;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The rows of the hostile-input list that concern one ICE agent alone; those with a network between are in
/// [IceSimulationTest].
class IceHostileTest {
    private static final Flow A = IceRig.flow(1001);
    private static final Flow B = IceRig.flow(1002);
    private static final Flow ATTACKER = Flow.udp(IceRig.SERVER, new InetSocketAddress("203.0.113.66", 666));

    @Test
    @DisplayName("hostile A01 mutated STUN neither throws nor binds")
    void hostile_A01_mutatedStunNeitherThrowsNorBinds() {
        IceRig rig = new IceRig();
        List<byte[]> samples = new ArrayList<>(StunVectors.all());
        samples.add(rig.request(rig.server.ufrag() + ":x", "not the password", true, true));
        samples.add(rig.request(rig.server.ufrag() + ":wxyz", "not the password either", false, false));

        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> rig.receive(bounded(bytes), ATTACKER));

        assertThat(rig.sent).hasSizeLessThanOrEqualTo(1); // the clock stood still: one refusal a second
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile A01 noise neither throws nor is answered")
    void hostile_A01_noiseNeitherThrowsNorIsAnswered() {
        IceRig rig = new IceRig();

        Fuzz.bytes(Fuzz.runs(200_000), 1_500, bytes -> rig.receive(bytes, ATTACKER));

        assertThat(rig.sent).isEmpty();
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile A01 only what the integrity covers unchanged is answered")
    void hostile_A01_onlyWhatTheIntegrityCoversUnchangedIsAnswered() {
        IceRig rig = new IceRig();
        List<byte[]> samples = List.of(rig.request(rig.server, true, false), rig.request(rig.server, true, true));

        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            IceRig.Sent answer = rig.receive(bounded(bytes), A);
            if (answer != null && answer.message().kind() == StunMessage.Kind.SUCCESS) {
                assertThat(samples).anySatisfy(sample -> assertSameUntilIntegrity(bytes, sample));
            }
            rig.sent.clear();
        });

        assertThat(rig.bound).hasSizeLessThanOrEqualTo(1);
        assertThat(rig.pool.outstanding()).isZero();
    }

    @Test
    @DisplayName("hostile A02 an unknown fragment from 100,000 ports gets no byte")
    void hostile_A02_anUnknownFragmentFrom100000PortsGetsNoByte() {
        IceRig rig = new IceRig();
        byte[] request = rig.request("AAunknown0:wxyz", rig.server.password(), true, true);
        long due = rig.ice.nextTimeNs();

        for (int i = 0; i < 100_000; i++) {
            rig.receive(request, from(i));
        }

        assertThat(rig.sent).isEmpty();
        assertThat(rig.count(SfuCounter.STUN_UNKNOWN_UFRAG)).isEqualTo(100_000);
        assertThat(rig.ice.nextTimeNs()).isEqualTo(due);
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile A03 a wrong integrity binds nothing and is refused once a second")
    void hostile_A03_aWrongIntegrityBindsNothingAndIsRefusedOnceASecond() {
        IceRig rig = new IceRig();
        byte[] request = rig.request(rig.server.ufrag() + ":wxyz", "guess", true, true);

        for (int i = 0; i < 10_000; i++) {
            rig.receive(request, from(i));
            rig.passMs(1);
        }

        assertThat(rig.sent).hasSize(10).allSatisfy(answer -> {
            assertThat(answer.message().errorCode()).isEqualTo(401);
            assertThat(answer.bytes()).hasSizeLessThan(request.length);
            assertThat(answer.message().hasIntegrity()).isFalse();
        });
        assertThat(rig.count(SfuCounter.STUN_AUTH_FAILED)).isEqualTo(10_000);
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile A03 a request that proves nothing is never answered with more than it has")
    void hostile_A03_aRequestThatProvesNothingIsNeverAnsweredWithMoreThanItHas() {
        IceRig rig = new IceRig();
        byte[] whole = rig.request(rig.server.ufrag() + ":wxyz", "guess", true, false);
        int usernameBytes = 4 + (rig.server.ufrag().length() + 5 + 3 & ~3);
        byte[] username = Arrays.copyOf(whole, 20 + usernameBytes);
        Bytes.u16(username, 2, usernameBytes);

        IceRig.Sent answer = Objects.requireNonNull(rig.receive(username, ATTACKER));

        assertThat(answer.message().errorCode()).isEqualTo(400);
        assertThat(answer.bytes()).hasSizeLessThanOrEqualTo(username.length);
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile A04 a thousand ports leave eight addresses and the active one unharmed")
    void hostile_A04_aThousandPortsLeaveEightAddressesAndTheActiveOneUnharmed() {
        IceRig rig = IceRig.connected(A);
        rig.media(A, 1, 0);

        for (int port = 2_000; port < 3_000; port++) {
            Flow flow = IceRig.flow(port);
            rig.nominate(flow);
            assertThat(rig.ice.isBound(flow)).isTrue();
            assertThat(rig.bound).contains(A).hasSizeLessThanOrEqualTo(IceRig.LIMITS.addressesPerSession());
            rig.media(A, 1, 20);
            assertThat(rig.ice.selected()).isEqualTo(A);
        }

        assertThat(rig.count(SfuCounter.ICE_ADDRESSES_REFUSED)).isEqualTo(1_001 - 8);
        assertThat(rig.bound).contains(IceRig.flow(2_999)).doesNotContain(IceRig.flow(2_500));
        assertThat(rig.selections).containsExactly(A);
    }

    @Test
    @DisplayName("hostile A04 an address in use before media came is kept too")
    void hostile_A04_anAddressInUseBeforeMediaCameIsKeptToo() {
        IceRig rig = IceRig.connected(A);
        rig.nominate(A);

        for (int port = 2_000; port < 3_000; port++) {
            rig.check(IceRig.flow(port));
            rig.passMs(1);
        }

        assertThat(rig.ice.selected()).isEqualTo(A);
        assertThat(rig.bound).contains(A).hasSize(8);
    }

    @Test
    @DisplayName("hostile A05 a nomination that flips 100 times a second does not move media")
    void hostile_A05_aNominationThatFlipsDoesNotMoveMedia() {
        IceRig rig = IceRig.connected(A);
        rig.media(A, 1, 0);

        for (int i = 0; i < 1_000; i++) {
            rig.nominate(i % 2 == 0 ? B : A);
            rig.media(A, 1, 10);
        }

        assertThat(rig.selections).containsExactly(A);
    }

    @Test
    @DisplayName("hostile A05 without media a flipping nomination moves it five times a second at most")
    void hostile_A05_withoutMediaAFlippingNominationMovesItFiveTimesASecondAtMost() {
        IceRig rig = IceRig.connected(A);

        for (int i = 0; i < 1_000; i++) {
            rig.nominate(i % 2 == 0 ? B : A);
            rig.passMs(10);
        }
        assertThat(rig.selections).hasSizeLessThanOrEqualTo(51);

        rig.nominate(B);
        rig.passMs(200);
        assertThat(rig.ice.selected()).isEqualTo(B);
    }

    @Test
    @DisplayName("hostile A06 old credentials are dead after the switch, replayed or made anew")
    void hostile_A06_oldCredentialsAreDeadAfterTheSwitch() {
        IceRig rig = IceRig.connected(A);
        byte[] overheard = rig.request(rig.server, true, true);
        rig.receive(overheard, A);
        IceCredentials next = IceCredentials.local(rig.rng, 3);
        rig.ice.restart(next, new IceCredentials("new1", "the next password"), rig.nowNs);

        assertThat(rig.nominate(A)).isNotNull();
        rig.receive(rig.request(next, true, true), B);
        rig.sent.clear();

        rig.receive(overheard, A);
        rig.receive(overheard, ATTACKER);
        rig.nominate(ATTACKER);
        rig.receive(rig.request(rig.server.ufrag() + ":x", next.password(), true, true), ATTACKER);
        assertThat(rig.sent).isEmpty();
        assertThat(rig.bound).containsExactly(A, B);
        assertThat(rig.count(SfuCounter.STUN_UNKNOWN_UFRAG)).isEqualTo(4);
    }

    @Test
    @DisplayName("hostile A06 an overheard check from elsewhere binds nothing")
    void hostile_A06_anOverheardCheckFromElsewhereBindsNothing() {
        IceRig rig = new IceRig();
        byte[] overheard = rig.request(rig.server, true, true);
        rig.receive(overheard, A);

        assertThat(rig.receive(overheard, ATTACKER)).isNull();
        assertThat(rig.bound).containsExactly(A);
        assertThat(rig.ice.selected()).isEqualTo(A);
    }

    @Test
    @DisplayName("hostile A07 no zombie: a closed transport takes nothing any more")
    void hostile_A07_aClosedTransportTakesNothingAnyMore() {
        IceRig rig = IceRig.connected(A);
        rig.media(A, 1, 0);
        rig.passMs(30_000);
        rig.sent.clear();

        rig.nominate(A);
        rig.media(A, 100, 20);

        assertThat(rig.ice.consent()).isEqualTo(ConsentState.CLOSED);
        assertThat(rig.ice.selected()).isNull();
        assertThat(rig.ice.nextTimeNs()).isEqualTo(Deadlines.NEVER);
        assertThat(rig.sent).isEmpty();
        assertNothingKept(rig);
    }

    @Test
    @DisplayName("hostile E10 a lite agent sends nothing unasked, ever")
    void hostile_E10_aLiteAgentSendsNothingUnasked() {
        IceRig rig = new IceRig();
        rig.passMs(60_000);
        assertThat(rig.sent).isEmpty();

        IceRig connected = IceRig.connected(A);
        connected.sent.clear();
        connected.passMs(60_000);
        assertThat(connected.sent).isEmpty();
    }

    @Test
    @DisplayName("hostile E10 forged addresses that nobody can have are neither bound nor answered")
    void hostile_E10_forgedAddressesThatNobodyCanHaveAreNeitherBoundNorAnswered() {
        IceRig rig = new IceRig();
        List<InetSocketAddress> forged = List.of(
                new InetSocketAddress("198.51.100.1", 0),
                new InetSocketAddress("224.0.0.1", 5_000),
                new InetSocketAddress("255.255.255.255", 5_000),
                new InetSocketAddress("0.0.0.0", 5_000),
                new InetSocketAddress("ff02::1", 5_000),
                new InetSocketAddress("::", 5_000));

        forged.forEach(address -> rig.nominate(Flow.udp(IceRig.SERVER, address)));

        assertThat(rig.sent).isEmpty();
        assertThat(rig.count(SfuCounter.STUN_UNEXPECTED)).isEqualTo(forged.size());
        assertNothingKept(rig);
    }

    /// The edge reads no datagram longer than a packet.
    private static byte[] bounded(byte[] bytes) {
        return bytes.length <= 2048 ? bytes : Arrays.copyOf(bytes, 2048);
    }

    private static Flow from(int index) {
        return Flow.udp(IceRig.SERVER, new InetSocketAddress("203.0.113." + index / 50_000, 1_024 + index % 50_000));
    }

    private static void assertNothingKept(IceRig rig) {
        assertThat(rig.bound).isEmpty();
        assertThat(rig.ice.selected()).isNull();
        assertThat(rig.pool.outstanding()).isZero();
    }

    /// All but the header's length, which the integrity has its own value for, up to the end of the HMAC: the
    /// last 8 bytes of a sample are its fingerprint.
    private static void assertSameUntilIntegrity(byte[] bytes, byte[] sample) {
        int end = sample.length - 8;
        assertThat(Arrays.copyOf(bytes, 2)).isEqualTo(Arrays.copyOf(sample, 2));
        assertThat(Arrays.copyOfRange(bytes, 4, end)).isEqualTo(Arrays.copyOfRange(sample, 4, end));
    }
}
