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
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DtlsHandshakeTest {
    private static final LinkConfig LAN = LinkConfig.perfect().withDelayMs(5);

    @Test
    void bothSidesExportTheSameKeys() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        pair.assertConnectedWithSameKeys();
        assertThat(pair.server.keys().profile()).isEqualTo(SrtpKeys.AEAD_AES_128_GCM);
        assertThat(pair.server.counters.get(SfuCounter.DTLS_OK)).isEqualTo(1);
        assertThat(pair.server.counters.get(SfuCounter.DTLS_DROPPED)).isZero();
        pair.assertNothingLeft();
    }

    @Test
    void eachFlightIsOneDatagramAndNothingIsSentTwice() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        assertThat(pair.client.sent).hasSize(2);
        assertThat(pair.server.sent).hasSize(2);
        assertThat(pair.client.connectedNs - pair.server.connectedNs).isEqualTo(5_000_000);
        assertThat(pair.client.endpoint.nextTimeNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(pair.server.endpoint.nextTimeNs()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"1:8:7, 7", "7:8:1:2, 7", "7, 7", "1, 1", "2:1, 1", "1:7, 7"})
    void takesGcmWheneverTheClientListsIt(String offered, int chosen) {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        RawClient client = new RawClient(server);
        client.profiles =
                Arrays.stream(offered.split(":")).mapToInt(Integer::parseInt).toArray();
        client.connect();
        assertThat(client.profile).isEqualTo(chosen);
        assertThat(server.keys().profile()).isEqualTo(chosen);
        SrtpKeys theirs = Objects.requireNonNull(client.keys);
        assertThat(server.keys().clientKey()).isEqualTo(theirs.clientKey());
        assertThat(server.keys().serverSalt())
                .isEqualTo(theirs.serverSalt())
                .hasSize(chosen == SrtpKeys.AEAD_AES_128_GCM ? 12 : 14);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc02b, 0xc02c, 0xcca9})
    void carriesDataWithEachSuiteOfTheList(int suite) {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        RawClient client = new RawClient(server);
        client.suites = new int[] {suite};
        SecureRecords records = client.connect().secureRecords();
        server.receive(records.seal(RecordCursor.APPLICATION_DATA, "hello".getBytes(UTF_8), 0, 5));
        assertThat(server.data).singleElement().isEqualTo("hello".getBytes(UTF_8));
        server.network = datagram -> assertThat(open(records, datagram)).isEqualTo(new byte[1200]);
        assertThat(server.say(new byte[1200])).isTrue();
    }

    private static byte[] open(SecureRecords records, byte[] datagram) {
        RecordCursor cursor = new RecordCursor();
        cursor.reset(datagram, datagram.length);
        assertThat(cursor.next()).isTrue();
        SecureRecords.Opened opened = Objects.requireNonNull(records.open(cursor));
        return Arrays.copyOfRange(opened.array(), opened.offset(), opened.offset() + opened.length());
    }

    @Test
    void answersAHelloInTwoDatagramsThatAlsoOffersDtls13With12() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        RawClient client = new RawClient(server).likeBrowser().connect();
        assertThat(server.endpoint.state()).isEqualTo(DtlsState.CONNECTED);
        assertThat(server.sent.getFirst()[2]).isEqualTo((byte) 0xfd);
        assertThat(server.sent).hasSize(2);
        assertThat(client.profile).isEqualTo(7);
    }

    @Test
    void takesTheHalvesOfAHelloInAnyOrder() {
        List<byte[]> hello = Captured.browserHello();
        assertThat(hello).hasSize(2);
        assertThat(hello.getFirst().length + hello.getLast().length).isBetween(1_400, 1_600);
        DtlsPeer swapped = DtlsPeer.server(new Simulation(1));
        swapped.receive(hello.getLast());
        assertThat(swapped.sent).isEmpty();
        assertThat(swapped.endpoint.state()).isEqualTo(DtlsState.NEW);
        swapped.receive(hello.getFirst());
        assertThat(swapped.sent).hasSize(1);
        swapped.close();
    }

    @Test
    void takesAHelloInOverlappingPiecesOfAnySize() {
        byte[] message = Captured.message(Captured.hello());
        Fuzz.random(200, random -> {
            DtlsPeer server = DtlsPeer.server(new Simulation(1));
            Captured.pieces(message, random).forEach(server::receive);
            assertThat(server.sent).hasSize(1);
            server.close();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void recoversFromTheLossOfEachDatagram(int lost) {
        DtlsPair pair = new DtlsPair(1, LAN);
        int[] count = {0};
        pair.dropping(bytes -> count[0]++ == lost).connect();
        pair.assertConnectedWithSameKeys();
        assertThat(pair.doneAfterMs()).as("20 ms and one timeout").isLessThanOrEqualTo(120);
        pair.assertNothingLeft();
    }

    @Test
    void recoversFromTheLossOfEachRecordWhenEachTravelsAlone() {
        for (int lost = 0; lost < 14; lost++) {
            int victim = lost;
            int[] count = {0};
            DtlsPair pair = new DtlsPair(1, LAN);
            pair.dropping(bytes -> count[0]++ == victim).splitting().connect();
            assertThat(count[0]).isGreaterThanOrEqualTo(13);
            pair.assertConnectedWithSameKeys();
        }
    }

    @Test
    void recoversFromRecordsInAnyOrder() {
        LinkConfig shuffled = LAN.withReorder(0.5, 30).withDuplicate(0.3).withJitterMs(10);
        Fuzz.seeds(
                100, seed -> new DtlsPair(seed, shuffled).splitting().connect().assertConnectedWithSameKeys());
    }

    @Test
    void aClientRepeatsItsHelloWithTheCookieThatItIsGiven() {
        DtlsPeer client = DtlsPeer.client(new Simulation(1));
        client.start();
        byte[] cookie = {0x0c, 0x00, 0x0f, 0x1e};
        byte[] request = {(byte) 0xfe, (byte) 0xff, 4, 0x0c, 0x00, 0x0f, 0x1e};
        client.receive(Captured.piece(HandshakeMessage.HELLO_VERIFY_REQUEST, request, 0, 0, request.length, 0));
        assertThat(client.sent).hasSize(2);
        byte[] second = Captured.message(client.sent.getLast());
        assertThat(Arrays.copyOf(second, 34)).isEqualTo(Arrays.copyOf(Captured.message(client.sent.getFirst()), 34));
        assertThat(Arrays.copyOfRange(second, 36, 40)).isEqualTo(cookie);
        client.close();
    }

    @Test
    void sendsTheVerySameBytesAgain() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        server.receive(Captured.hello());
        byte[] flight = server.sent.getFirst();
        server.run(700);
        assertThat(server.sent).hasSize(4).allSatisfy(again -> assertThat(again).isEqualTo(flight));
        server.close();
    }

    @Test
    void aRepeatedHelloIsAnsweredAtOnceButNotSoonerThanItCanMeanALoss() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        byte[] hello = Captured.hello();
        server.endpoint.roundTripNs(40_000_000);
        server.receive(hello);
        server.run(29);
        server.receive(hello);
        assertThat(server.sent).hasSize(1);
        server.run(21);
        server.receive(hello);
        assertThat(server.sent).hasSize(2);
        server.close();
    }

    @Test
    void afterTheHandshakeARepeatedLastFlightIsAnsweredAgain() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        byte[] flight = pair.client.sent.getLast();
        byte[] answer = pair.server.sent.getLast();
        int before = pair.server.sent.size();
        for (int i = 0; i < 1_000; i++) {
            pair.server.receive(flight.clone());
        }
        assertThat(pair.server.sent).hasSize(before + 1);
        assertThat(pair.server.sent.getLast()).isEqualTo(answer);
    }

    @Test
    void applicationDataThatOvertakesTheFinishedIsKept() {
        DtlsPair pair = new DtlsPair(1, LAN);
        List<byte[]> held = new ArrayList<>();
        Consumer<byte[]> link = pair.server.network;
        pair.serverSends(datagram -> {
            if (datagram.length < 200) {
                held.add(datagram);
            } else {
                link.accept(datagram);
            }
        });
        pair.server.start();
        pair.client.start();
        pair.run(50);
        assertThat(pair.server.say("early".getBytes(UTF_8))).isTrue();
        pair.client.receive(held.getLast());
        assertThat(pair.client.data).isEmpty();
        pair.client.receive(held.getFirst());
        assertThat(pair.client.data).singleElement().isEqualTo("early".getBytes(UTF_8));
    }

    @Test
    void neverSendsMoreThanTheLimitToWhoeverOnlySaysHello() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        byte[] hello = Captured.hello();
        server.receive(hello);
        for (int i = 0; i < 500; i++) {
            server.run(25);
        }
        Limits limits = DtlsPeer.LIMITS;
        int bytes = server.sent.stream().mapToInt(datagram -> datagram.length).sum();
        assertThat(bytes)
                .isBetween(
                        limits.amplification().floorBytes() / 2,
                        limits.amplification().floorBytes());
        assertThat(server.failure).isEqualTo(DtlsFailure.TIMEOUT);
    }

    @Test
    @DisplayName("hostile B11 30 % loss and 500 ms round trip: 95 of 100 handshakes are done in 5 s")
    void hostile_B11_slowAndLossyHandshakesEndInTime() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(250).withLoss(0.3);
        List<Long> late = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        Fuzz.seeds(200, seed -> {
            DtlsPair pair = new DtlsPair(seed, bad);
            pair.roundTripMs(500);
            pair.connect();
            long ms = pair.connected() ? pair.doneAfterMs() : Long.MAX_VALUE;
            times.add(ms);
            if (ms > 5_000) {
                late.add(seed);
            }
        });
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println("DTLS at 30 % loss and 500 ms: median " + sorted[100] + " ms, p95 " + sorted[189]
                + " ms, worst " + sorted[199] + " ms, seeds above 5 s: " + late);
        assertThat(sorted[189]).as("p95 in ms; late were seeds " + late).isLessThan(5_000);
    }

    @Test
    void carriesApplicationDataBothWays() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        assertThat(pair.client.say("hello".getBytes(UTF_8))).isTrue();
        assertThat(pair.server.say(new byte[1200])).isTrue();
        pair.run(100);
        assertThat(pair.server.data).singleElement().isEqualTo("hello".getBytes(UTF_8));
        assertThat(pair.client.data).singleElement().isEqualTo(new byte[1200]);
    }

    @Test
    void refusesToSendWhatNoPacketHolds() {
        DtlsPair pair = new DtlsPair(1, LAN);
        assertThat(pair.client.say(new byte[1])).isFalse();
        pair.connect();
        assertThat(pair.client.say(new byte[2048])).isFalse();
        assertThat(pair.client.say(new byte[2000])).isTrue();
    }

    @Test
    void closeTellsThePeer() {
        DtlsPair pair = new DtlsPair(1, LAN).connect();
        pair.client.close();
        assertThat(pair.client.endpoint.state()).isEqualTo(DtlsState.CLOSED);
        pair.run(100);
        assertThat(pair.server.closed).isTrue();
        assertThat(pair.client.closed).isFalse();
        assertThat(pair.server.endpoint.state()).isEqualTo(DtlsState.CLOSED);
        assertThat(pair.server.say(new byte[1])).isFalse();
        pair.assertNothingLeft();
    }

    @Test
    void aSeededRandomMakesHandshakesRepeatable() {
        assertThat(Captured.conversation(7)).isEqualTo(Captured.conversation(7));
        assertThat(Captured.conversation(7)).isNotEqualTo(Captured.conversation(8));
    }

    @Test
    void warmsUp() {
        DtlsEndpoint.warmUp(DtlsPeer.SERVER_CERTIFICATE, DtlsPeer.LIMITS);
    }
}
