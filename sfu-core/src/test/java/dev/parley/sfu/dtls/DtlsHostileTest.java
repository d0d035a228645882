package dev.parley.sfu.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a hostile or broken peer does before, in and after a handshake (HOSTILE.md, section B). The attacker here can
/// write from the peer's own address; everyone else is stopped before a datagram comes this far.
final class DtlsHostileTest {
    private static final LinkConfig LAN = LinkConfig.perfect().withDelayMs(5);

    /// A hello that offers only TLS_NULL_WITH_NULL_NULL.
    private static byte[] nullHello() {
        byte[] hello = Captured.hello();
        byte[] body = Captured.message(hello);
        int suites = 2 + 32 + 1 + body[34] + 1 + 2;
        Arrays.fill(body, suites, suites + 8, (byte) 0);
        return Captured.piece(HandshakeMessage.CLIENT_HELLO, body, 0, 0, body.length, 0);
    }

    @Test
    @DisplayName("hostile B01 forged hellos on the client's own address do not kill its handshake")
    void hostile_B01_forgedHellosDoNotKillTheHandshake() {
        byte[] unacceptable = nullHello();
        byte[] wellFormed = Captured.hello();
        byte[] alert = PlainRecord.alert(0, PlainRecord.ALERT_FATAL, PlainRecord.HANDSHAKE_FAILURE);
        List<byte[]> forgeries = List.of(unacceptable, wellFormed, alert, new byte[] {22});
        Fuzz.seeds(1_000, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            DtlsPair pair = new DtlsPair(seed, LAN);
            for (int i = 0; i < 4; i++) {
                byte[] forged = forgeries.get(random.nextInt(forgeries.size()));
                // The client ignores what comes before it has spoken; what comes in the middle races its own flights.
                long atMs = random.nextBoolean() ? 0 : 18 + random.nextInt(40);
                pair.simulation.after(atMs * 1_000_000, () -> pair.server.receive(forged));
            }
            pair.run(6 + random.nextInt(5));
            pair.connect();
            pair.assertConnectedWithSameKeys();
            pair.assertNothingLeft();
        });
    }

    @Test
    @DisplayName("hostile B01 a hello that is not taken is answered by nothing but one alert after a while")
    void hostile_B01_anUnacceptableHelloGetsOneAlert() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        byte[] forged = nullHello();
        for (int i = 0; i < 100; i++) {
            server.receive(forged);
        }
        assertThat(server.sent).isEmpty();
        assertThat(server.endpoint.state()).isEqualTo(DtlsState.NEW);
        server.run(10_000);
        assertThat(server.sent)
                .singleElement()
                .satisfies(alert -> assertThat(alert).hasSize(15));
        assertThat(server.failure).isEqualTo(DtlsFailure.PROTOCOL);
        assertThat(server.counters.get(SfuCounter.DTLS_DROPPED)).isEqualTo(100);
    }

    @Test
    @DisplayName("hostile B02 half-open handshakes are freed after 10 s, and no more are open than the limit")
    void hostile_B02_halfOpenHandshakesAreFreed() {
        int wave = 600;
        int waves = Boolean.getBoolean("parley.long") ? 20 : 2;
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(DtlsPeer.LIMITS.halfOpenHandshakes());
        DtlsRunner runner = DtlsRunner.lockStep(halfOpen);
        Simulation simulation = new Simulation(1);
        byte[] hello = Captured.hello();
        for (int round = 0; round < waves; round++) {
            List<DtlsPeer> servers = new ArrayList<>();
            for (int i = 0; i < wave; i++) {
                DtlsPeer server = DtlsPeer.server(simulation, DtlsPeer.LIMITS, runner);
                server.receive(hello);
                servers.add(server);
            }
            assertThat(halfOpen.count()).isEqualTo(DtlsPeer.LIMITS.halfOpenHandshakes());
            assertThat(count(servers, DtlsFailure.REFUSED)).isEqualTo(wave - halfOpen.count());
            assertThat(servers.getLast().counters.get(SfuCounter.LIMIT_HANDSHAKES))
                    .isEqualTo(1);
            simulation.run(DtlsPeer.LIMITS.handshakeNs() + 1);
            assertThat(halfOpen.count()).isZero();
            assertThat(count(servers, DtlsFailure.TIMEOUT)).isEqualTo(512);
            assertThat(servers)
                    .allSatisfy(
                            server -> assertThat(server.packets.outstanding()).isZero());
        }
    }

    private static long count(List<DtlsPeer> servers, DtlsFailure reason) {
        return servers.stream().filter(server -> server.failure == reason).count();
    }

    @Test
    @DisplayName("hostile B02 a half-open handshake costs at most 32 KiB")
    void hostile_B02_aHalfOpenHandshakeIsSmall() {
        int many = 1_000;
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(many);
        DtlsRunner runner = DtlsRunner.lockStep(halfOpen);
        Simulation simulation = new Simulation(1);
        List<byte[]> hello = Captured.browserHello();
        List<DtlsPeer> servers = new ArrayList<>(many);
        long before = 0;
        for (int i = 0; i < many; i++) {
            if (i == many / 10) {
                before = usedBytes();
            }
            DtlsPeer server = DtlsPeer.server(simulation, DtlsPeer.LIMITS, runner);
            hello.forEach(server::receive);
            servers.add(server);
        }
        long each = (usedBytes() - before) / (many - many / 10);
        System.out.println("A half-open DTLS handshake holds " + each + " bytes, its tests' record of it included");
        assertThat(halfOpen.count()).isEqualTo(many);
        assertThat(each).isLessThanOrEqualTo(32 * 1024);
        servers.forEach(DtlsPeer::close);
        assertThat(halfOpen.count()).isZero();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    @DisplayName("hostile B03 bent fragments: overlapping, empty, of 2^24-1 bytes, of 10,000 messages")
    void hostile_B03_bentFragmentsAreDroppedAndTheHandshakeGoesOn() {
        DtlsPair pair = new DtlsPair(1, LAN);
        DtlsPeer server = pair.server;
        byte[] few = new byte[20];
        for (int i = 0; i < 10_000; i++) {
            server.receive(Captured.fragment(HandshakeMessage.CLIENT_HELLO, few.length, 0, 0, new byte[0], i));
            server.receive(Captured.fragment(HandshakeMessage.CLIENT_HELLO, 0xff_ffff, 0, i, few, i));
            server.receive(Captured.fragment(HandshakeMessage.CERTIFICATE, few.length, i, 0, few, i));
            server.receive(Captured.fragment(HandshakeMessage.CLIENT_HELLO, 4_000, 0, 3_990, few, i));
            server.receive(Captured.fragment(HandshakeMessage.CLIENT_HELLO, 100 + i % 500, 0, i % 80, few, i));
        }
        assertThat(server.sent).isEmpty();
        assertThat(server.endpoint.state()).isEqualTo(DtlsState.NEW);
        assertThat(server.counters.get(SfuCounter.DTLS_DROPPED)).isGreaterThanOrEqualTo(40_000);
        pair.connect().assertConnectedWithSameKeys();
    }

    @Test
    @DisplayName("hostile B03 reassembly in the middle of a handshake holds at most what its limit says")
    void hostile_B03_reassemblyIsBounded() {
        Limits limits = DtlsPeer.LIMITS;
        MessageQueue queue = new MessageQueue(1, limits.handshakeBytes());
        Fuzz.random(Fuzz.runs(200_000), random -> {
            int bytes = random.nextInt(Fragment.MESSAGE_BYTES_MAX / 2, Fragment.MESSAGE_BYTES_MAX + 2);
            int from = random.nextInt(bytes + 1);
            byte[] piece = new byte[random.nextInt(Math.min(bytes - from, 1_200) + 1)];
            byte[] datagram = Captured.fragment(random.nextInt(256), bytes, random.nextInt(12), from, piece, 0);
            RecordCursor cursor = new RecordCursor();
            cursor.reset(datagram, datagram.length);
            assertThat(cursor.next()).isTrue();
            Fragment fragment = Fragment.read(cursor.body());
            if (fragment != null) {
                queue.add(fragment);
                queue.poll();
            }
            assertThat(queue.bytes()).isLessThanOrEqualTo(limits.handshakeBytes());
        });
    }

    @Test
    @DisplayName("hostile B03 mutated handshakes never throw, and leave no packet and no thread behind")
    void hostile_B03_mutatedHandshakesNeverThrow() {
        DtlsPair captured = new DtlsPair(1, LAN).connect();
        List<byte[]> samples = new ArrayList<>(captured.client.sent);
        samples.addAll(captured.server.sent);
        samples.addAll(Captured.browserHello());
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(4);
        DtlsRunner runner = DtlsRunner.lockStep(halfOpen);
        Simulation simulation = new Simulation(1);
        List<DtlsPeer> peers = new ArrayList<>();
        int[] inputs = {0};
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            if (inputs[0]++ % 500 == 0) {
                peers.forEach(DtlsHostileTest::endClean);
                peers.clear();
                peers.add(DtlsPeer.server(simulation, DtlsPeer.LIMITS, runner));
                peers.add(DtlsPeer.client(simulation));
                peers.getLast().start();
            }
            byte[] datagram = Arrays.copyOf(bytes, Math.min(bytes.length, 2048));
            peers.forEach(peer -> peer.receive(datagram.clone()));
        });
        peers.forEach(DtlsHostileTest::endClean);
        assertThat(halfOpen.count()).isZero();
    }

    private static void endClean(DtlsPeer peer) {
        peer.close();
        assertThat(peer.packets.outstanding()).isZero();
        assertThat(peer.keys).isNull();
    }

    @Test
    @DisplayName("hostile B03 a network that bends datagrams makes a handshake fail, never lie")
    void hostile_B03_handshakesOverABendingNetworkAgreeOrFail() {
        int[] agreed = {0};
        Fuzz.seeds(500, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            DtlsPair pair = new DtlsPair(seed, LAN);
            pair.client.network = bending(random, pair.client.network);
            pair.server.network = bending(random, pair.server.network);
            pair.connect();
            if (pair.connected()) {
                agreed[0]++;
                pair.assertConnectedWithSameKeys();
            }
            pair.client.close();
            pair.server.close();
            pair.run(100);
            pair.assertNothingLeft();
        });
        assertThat(agreed[0]).isBetween(100, 499);
    }

    private static Consumer<byte[]> bending(SplittableRandom random, Consumer<byte[]> network) {
        return datagram -> {
            byte[] bent = datagram.clone();
            while (random.nextInt(3) == 0) {
                bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
            }
            network.accept(bent);
        };
    }

    @Test
    @DisplayName("hostile B04 a certificate that no fingerprint names ends the handshake")
    void hostile_B04_aCertificateWithoutItsFingerprintIsRefused() {
        Fingerprint other = DtlsPeer.certificate().fingerprint();
        for (List<Fingerprint> expected : List.of(List.of(other), List.<Fingerprint>of())) {
            DtlsPeer server = DtlsPeer.server(new Simulation(1), expected);
            RawClient client = new RawClient(server).connect();
            assertRefused(server);
            assertThat(client.ended).isTrue();
        }
        DtlsPeer both = DtlsPeer.server(new Simulation(1), List.of(other, DtlsPeer.CLIENT_CERTIFICATE.fingerprint()));
        new RawClient(both).connect();
        assertThat(both.endpoint.state()).isEqualTo(DtlsState.CONNECTED);
    }

    private static void assertRefused(DtlsPeer server) {
        assertThat(server.failure).isEqualTo(DtlsFailure.FINGERPRINT_MISMATCH);
        assertThat(server.keys).isNull();
        assertThat(server.endpoint.state()).isEqualTo(DtlsState.FAILED);
        assertThat(server.counters.get(SfuCounter.DTLS_FINGERPRINT)).isEqualTo(1);
        assertThat(server.packets.outstanding()).isZero();
    }

    @Test
    @DisplayName("hostile B04 a client checks the server's certificate as well")
    void hostile_B04_aServerWithAnotherCertificateIsRefused() {
        Simulation simulation = new Simulation(1);
        List<Fingerprint> wrong = List.of(DtlsPeer.certificate().fingerprint());
        DtlsPeer client = new DtlsPeer(
                simulation, DtlsRole.CLIENT, DtlsPeer.CLIENT_CERTIFICATE, wrong, DtlsPeer.lockStep(), DtlsPeer.LIMITS);
        DtlsPair pair = new DtlsPair(simulation, client, DtlsPeer.server(simulation), LAN);
        pair.connect();
        assertRefused(client);
        assertThat(pair.server.keys).isNull();
        assertThat(pair.server.failure).isEqualTo(DtlsFailure.PROTOCOL);
    }

    @Test
    @DisplayName("hostile B04 no certificate, or one whose key brings curve parameters of its own")
    void hostile_B04_curveParametersAndMissingCertificatesAreRefused() {
        byte[] explicit = ExplicitCurve.certificate();
        DtlsPeer server = DtlsPeer.server(new Simulation(1), List.of(Fingerprint.of("sha-256", explicit)));
        RawClient strange = new RawClient(server);
        strange.certificate = explicit;
        strange.connect();
        assertRefused(server);

        DtlsPeer second = DtlsPeer.server(new Simulation(1));
        RawClient anonymous = new RawClient(second);
        anonymous.certificate = null;
        anonymous.connect();
        assertRefused(second);
    }

    @Test
    @DisplayName("hostile B05 old versions, weak suites and hellos without SRTP come to nothing")
    void hostile_B05_nothingOutsideTheAllowListIsNegotiated() {
        refuses(client -> client.versions = ProtocolVersion.DTLSv10.only(), "DTLS 1.0");
        refuses(client -> client.suites = new int[] {0x0000, 0x0001, 0xc006}, "NULL");
        refuses(client -> client.suites = new int[] {0x000a, 0xc008}, "3DES");
        refuses(client -> client.suites = new int[] {0x009c, 0x002f, 0x009d}, "RSA key exchange");
        refuses(client -> client.suites = new int[] {0xc009, 0xc023}, "CBC");
        refuses(client -> client.suites = new int[] {0xc02f}, "a suite for another kind of certificate");
        refuses(client -> client.profiles = new int[0], "no use_srtp");
        refuses(client -> client.profiles = new int[] {2, 5, 6, 8}, "other profiles");
        refuses(client -> client.extendedMasterSecret = false, "no extended master secret");
        refuses(client -> client.groups = new int[] {24, 25}, "other groups");
    }

    private static void refuses(Consumer<RawClient> offer, String what) {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        RawClient client = new RawClient(server);
        offer.accept(client);
        client.connect();
        server.run(3_000);
        assertThat(server.keys).as(what).isNull();
        assertThat(server.failure).as(what).isEqualTo(DtlsFailure.PROTOCOL);
        assertThat(server.counters.get(SfuCounter.DTLS_FAILED)).as(what).isEqualTo(1);
        assertThat(client.ended).as(what + ": the alert ends the client").isTrue();
    }

    @Test
    @DisplayName("hostile B05 a renegotiation is refused with no_renegotiation, and the keys stay")
    void hostile_B05_renegotiationIsRefused() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        SecureRecords client = new RawClient(server).connect().secureRecords();
        List<byte[]> alerts = new ArrayList<>();
        server.network = alerts::add;
        byte[] hello = Captured.hello();
        byte[] message = Arrays.copyOfRange(hello, RecordCursor.HEADER_BYTES, hello.length);
        for (int i = 0; i < 100; i++) {
            server.receive(client.seal(RecordCursor.HANDSHAKE, message, 0, message.length));
        }
        assertThat(alerts).as("one a second").hasSize(1);
        RecordCursor cursor = new RecordCursor();
        cursor.reset(alerts.getFirst(), alerts.getFirst().length);
        assertThat(cursor.next()).isTrue();
        SecureRecords.Opened alert = Objects.requireNonNull(client.open(cursor));
        assertThat(alert.type()).isEqualTo(RecordCursor.ALERT);
        assertThat(alert.array()[alert.offset()]).isEqualTo((byte) PlainRecord.ALERT_WARNING);
        assertThat(alert.array()[alert.offset() + 1]).isEqualTo((byte) PlainRecord.NO_RENEGOTIATION);
        server.receive(client.seal(RecordCursor.APPLICATION_DATA, "still here".getBytes(UTF_8), 0, 10));
        assertThat(server.data).singleElement().isEqualTo("still here".getBytes(UTF_8));
    }

    @Test
    @DisplayName("hostile B05 change_cipher_spec at any moment changes nothing")
    void hostile_B05_changeCipherSpecInTheMiddleIsIgnored() {
        for (int ms = 0; ms < 40; ms++) {
            DtlsPair pair = new DtlsPair(1, LAN);
            byte[] forged = PlainRecord.changeCipherSpec(1_000);
            pair.simulation.after(ms * 1_000_000L, () -> {
                pair.server.receive(forged);
                pair.client.receive(forged);
            });
            pair.connect().assertConnectedWithSameKeys();
        }
    }

    @Test
    @DisplayName("hostile B06 forged alerts in the clear after the handshake are ignored")
    void hostile_B06_plainAlertsAfterTheHandshakeAreIgnored() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        for (DtlsPeer peer : List.of(pair.client, pair.server)) {
            long before = peer.counters.get(SfuCounter.DTLS_DROPPED);
            int sent = peer.sent.size();
            for (int level = 1; level <= 2; level++) {
                for (int description = 0; description < 128; description++) {
                    peer.receive(PlainRecord.alert(description, level, description));
                }
            }
            assertThat(peer.endpoint.state()).isEqualTo(DtlsState.CONNECTED);
            assertThat(peer.counters.get(SfuCounter.DTLS_DROPPED) - before).isEqualTo(256);
            assertThat(peer.sent).hasSize(sent);
        }
        pair.client.say("hello".getBytes(UTF_8));
        pair.run(10_000);
        assertThat(pair.server.data).hasSize(1);
        assertThat(pair.server.closed).isFalse();
    }

    @Test
    @DisplayName("hostile B06 forged and replayed records of epoch 1 are dropped")
    void hostile_B06_forgedAndReplayedRecordsAreDropped() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        pair.client.say("once".getBytes(UTF_8));
        byte[] record = pair.client.sent.getLast();
        pair.run(10);
        Fuzz.random(2_000, random -> {
            byte[] forged = record.clone();
            forged[RecordCursor.HEADER_BYTES - 3] = (byte) random.nextInt(256);
            forged[RecordCursor.HEADER_BYTES + random.nextInt(forged.length - RecordCursor.HEADER_BYTES)] ^=
                    (byte) (1 + random.nextInt(255));
            pair.server.receive(forged);
            pair.server.receive(record.clone());
        });
        assertThat(pair.server.data).hasSize(1);
        assertThat(pair.server.endpoint.state()).isEqualTo(DtlsState.CONNECTED);
    }
}
