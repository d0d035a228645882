package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuDelay;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "native={0}")
@ValueSource(booleans = {true, false})
class UdpEdgeTest {
    @Parameter
    boolean nativeTransport;

    private @Nullable UdpEdge opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void startsTheTransportThatWasAskedFor() throws IOException {
        UdpEdge edge = start(1);
        assertThat(edge.transport()).isEqualTo(nativeTransport ? "epoll" : "nio");
        assertThat(edge.port()).isPositive();
        assertThat(edge.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", edge.port()));
        assertThat(edge.loops()).hasSize(1);
        assertThat(edge.receiveBufferBytes()).isBetween(64 * 1024, edge.wantedBufferBytes());
        assertThat(edge.sendBufferBytes()).isBetween(64 * 1024, edge.wantedBufferBytes());
    }

    @Test
    void echoesWhatComesOnABoundFlow() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().getFirst(), "alice");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            byte[] check = StunRequest.naming(alice.localUfrag() + ":remote");
            client.send(check).hears(check);
            byte[] media = {(byte) 128, 1, 2, 3};
            client.send(media).hears(media);
            assertThat(alice.flows).hasSize(1);
            assertThat(alice.flows.getFirst().local())
                    .isEqualTo(edge.addresses().getFirst());
            assertThat(alice.flows.getFirst().remote().getPort()).isEqualTo(client.port());
            assertThat(System.nanoTime() - alice.arrivalNs).isBetween(0L, 5_000_000_000L);
        }
    }

    @Test
    void measuresWhatWasForwardedWhenItHasLeft() throws Exception {
        UdpEdge edge = start(2);
        for (LoopRef loop : edge.loops()) {
            loop.run(media -> {
                media.counters().forwarding(media.nowNs() - 3_000_000);
                media.counters().forwarded();
                media.counters().forwarding(Deadlines.NEVER);
            });
        }
        long[] cells = new long[SfuDelay.FORWARD.boundsNs().length + 1];
        edge.close(); // when each loop's turn has ended
        assertThat(edge.delays(SfuDelay.FORWARD, cells)).isBetween(6_000_000L, 5_000_000_000L);
        assertThat(Arrays.stream(cells).sum()).isEqualTo(2);
    }

    @Test
    void dropsAndCountsWhatNobodyBound() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint.on(edge.loops().getFirst(), "alice");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(128, 100).send(22, 100).send(StunRequest.naming("Abob:remote"));
            client.send(StunRequest.naming("?:remote"))
                    .send(StunRequest.naming("no colon"))
                    .send(128, 1);
            await(edge, SfuCounter.UNKNOWN_SOURCE, 3);
            await(edge, SfuCounter.STUN_UNKNOWN_UFRAG, 2);
            await(edge, SfuCounter.STUN_MALFORMED, 1);
            client.hearsNothing();
        }
        assertThat(outstanding(edge)).isZero();
    }

    @Test
    void everyLoopFindsTheOwnerOfAFlow() throws IOException {
        UdpEdge edge = start(3);
        List<EchoEndpoint> endpoints = new ArrayList<>();
        edge.loops().forEach(loop -> endpoints.add(EchoEndpoint.on(loop, "alice")));
        int clients = 48;
        List<UdpClient> open = new ArrayList<>(); // until the end: a closed one's port may come again
        for (int i = 0; i < clients; i++) {
            EchoEndpoint endpoint = endpoints.get(i % endpoints.size());
            UdpClient client = new UdpClient(edge.addresses().getFirst());
            open.add(client);
            byte[] check = StunRequest.naming(endpoint.localUfrag() + ":remote");
            client.send(check).hears(check);
            for (int packet = 1; packet < 20; packet++) {
                byte[] media = {(byte) 128, (byte) packet, (byte) i};
                client.send(media).hears(media);
            }
        }
        open.forEach(UdpClient::close);
        for (EchoEndpoint endpoint : endpoints) {
            assertThat(endpoint.received).isEqualTo(clients / endpoints.size() * 20);
            assertThat(new HashSet<>(endpoint.threads)).as("one owner loop").hasSize(1);
        }
        for (LoopRef loop : edge.loops()) {
            assertThat(Await.count(loop, media -> media.table().routeCount())).isEqualTo(clients);
        }
        assertThat(outstanding(edge)).isZero();
    }

    @Test
    void newestOwnerOfAnAddressGetsItAndTheOldOneCannotTakeItBack() throws IOException {
        UdpEdge edge = start(2);
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(0), "alice");
        EchoEndpoint bob = EchoEndpoint.on(edge.loops().get(1), "bob");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            client.send(128, 50).receive();
            client.send(StunRequest.naming(bob.localUfrag() + ":r")).receive();
            Await.until("both loops know", () -> edge.loops().stream().allMatch(this::leadsToLoop1));
            Await.run(edge.loops().get(0), media -> {
                media.unbound(alice, alice.flows.getFirst());
                media.remove(alice);
            });
            client.send(128, 60).receive();
            assertThat(alice.received).isEqualTo(2);
            assertThat(bob.received).isEqualTo(2);
        }
    }

    private boolean leadsToLoop1(LoopRef loop) {
        InetSocketAddress local = open().addresses().getFirst();
        return Await.test(
                loop, media -> media.table().routes(local).values().stream().allMatch(r -> r.loop() == 1));
    }

    @Test
    void unboundAndRemovedFlowsAreForgottenEverywhere() throws IOException {
        UdpEdge edge = start(2);
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().getFirst(), "alice");
        try (UdpClient one = new UdpClient(edge.addresses().getFirst());
                UdpClient two = new UdpClient(edge.addresses().getFirst())) {
            byte[] check = StunRequest.naming(alice.localUfrag() + ":r");
            one.send(check).receive();
            two.send(check).receive();
            Await.until("both flows are known", () -> routes(edge) == 4);
            Await.run(alice(edge), media -> {
                media.unbound(alice, alice.flows.getFirst());
            });
            Await.until("one flow is known", () -> routes(edge) == 2);
            one.send(128, 10).hearsNothing();
            two.send(128, 11).receive();
            Await.run(alice(edge), media -> {
                media.remove(alice);
            });
            Await.until("nothing is known", () -> routes(edge) == 0);
            two.send(128, 11).hearsNothing();
            two.send(check).hearsNothing();
            assertThat(alice(edge).load()).isZero();
        }
    }

    @Test
    void ufragsOfRestartsLeadToTheSameEndpoint() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        EchoEndpoint bob = EchoEndpoint.on(alice(edge), "bob");
        assertThat(Await.test(alice(edge), media -> media.alias(alice, "Arestart")))
                .isTrue();
        assertThat(Await.test(alice(edge), media -> media.alias(bob, "Arestart")))
                .isFalse();
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(StunRequest.naming("Arestart:r")).receive();
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            assertThat(alice.received).isEqualTo(2);
            assertThat(bob.received).isZero();
        }
    }

    @Test
    void refusesWhatIsLongerThanWeMakeUnlessItCameInSo() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            client.send(EchoEndpoint.SEND_LONG, 100).hearsNothing();
            assertThat(edge.count(SfuCounter.SEND_TOO_LONG)).isEqualTo(1);
            client.send(EchoEndpoint.SEND_LONG_PASSED_THROUGH, 100);
            assertThat(client.receive()).hasSize(1233);
        }
    }

    @Test
    void countsDatagramsThatFitNoPacketAndKeepsTheirNeighbours() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            client.send(EchoEndpoint.SILENT, 2049)
                    .send(EchoEndpoint.SILENT, 9000)
                    .send(EchoEndpoint.SILENT, 2048);
            client.send(128, 77);
            assertThat(client.receive()).hasSize(77);
            assertThat(edge.count(SfuCounter.TOO_LONG)).isEqualTo(2);
            assertThat(alice.received).isEqualTo(3);
        }
    }

    @Test
    void endpointThatFailsEndsAlone() throws IOException {
        UdpEdge edge = start(2);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        EchoEndpoint bob = EchoEndpoint.on(alice(edge), "bob");
        try (UdpClient ofAlice = new UdpClient(edge.addresses().getFirst());
                UdpClient ofBob = new UdpClient(edge.addresses().getFirst())) {
            ofAlice.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            ofBob.send(StunRequest.naming(bob.localUfrag() + ":r")).receive();
            ofAlice.send(EchoEndpoint.THROW, 10);
            Await.until("alice has failed", () -> alice.fault != null);
            assertThat(alice.fault).hasMessage("told to");
            assertThat(edge.count(SfuCounter.PARTICIPANT_FAILED)).isEqualTo(1);
            ofBob.send(128, 20).receive();
            ofAlice.send(128, 20).hearsNothing();
            Await.until("only bob's flow is left", () -> routes(edge) == 2);
            assertThat(alice(edge).load()).isEqualTo(1);
            assertThat(bob.fault).isNull();
        }
        assertThat(outstanding(edge)).isZero();
    }

    @Test
    void commandThatFailsHarmsNothing() throws IOException {
        UdpEdge edge = start(1);
        edge.loops().getFirst().run(media -> {
            throw new IllegalStateException("broken command");
        });
        assertThat(Await.test(alice(edge), MediaLoop::inLoop)).isTrue();
        assertThat(edge.count(SfuCounter.COMMAND_FAILED)).isEqualTo(1);
        assertThat(edge.loops().getFirst().loop().inLoop()).isFalse();
    }

    @Test
    void commandsOfOneThreadRunInTheirOrder() throws IOException {
        UdpEdge edge = start(1);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            alice(edge).run(media -> seen.add(number));
        }
        Await.run(alice(edge), media -> assertThat(seen).hasSize(5_000).isSorted());
    }

    @Test
    void callsEndpointsWhenTheyAreDue() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        long startNs = System.nanoTime();
        alice(edge).run(media -> alice.tickEvery(50_000_000));
        Await.until("it has ticked", () -> alice.ticks > 5);
        assertThat(System.nanoTime() - startNs).isGreaterThanOrEqualTo(50_000_000);
        Await.run(alice(edge), media -> {
            media.remove(alice);
        });
        int ticks = alice.ticks;
        assertThat(Await.count(alice(edge), media -> media.turn().timers().size()))
                .isZero();
        Await.run(alice(edge), media -> {});
        assertThat(alice.ticks).isEqualTo(ticks);
    }

    @Test
    void endOfTurnActionsRunOnceATurnAndBeforeTheFlush() throws IOException {
        UdpEdge edge = start(1);
        List<String> log = new CopyOnWriteArrayList<>();
        Await.run(alice(edge), media -> {
            Runnable action = () -> log.add("action");
            media.atEndOfTurn(action);
            media.atEndOfTurn(action);
            media.atEndOfTurn(() -> {
                log.add("second");
                media.atEndOfTurn(action);
            });
            log.add("command");
        });
        Await.until("the turn has ended", () -> log.size() == 4);
        assertThat(log).containsExactly("command", "action", "second", "action");
    }

    @Test
    void refusesEndpointsBeyondTheLimit() throws IOException {
        opened = UdpEdge.start(config(0, 1, "127.0.0.1").withLimits(LimitsWith.of("sessionsPerLoop", 1)));
        EchoEndpoint.on(alice(open()), "alice");
        EchoEndpoint bob = new EchoEndpoint(alice(open()).loop(), "bob");
        assertThat(Await.test(alice(open()), media -> media.add(bob))).isFalse();
        assertThat(Await.count(alice(open()), media -> (int) media.counters().get(SfuCounter.LIMIT_SESSIONS)))
                .isEqualTo(1);
    }

    @Test
    void refusesEndpointsAndUfragsThatItHas() throws IOException {
        UdpEdge edge = start(1);
        EchoEndpoint alice = EchoEndpoint.on(alice(edge), "alice");
        assertThat(Await.test(alice(edge), media -> media.add(alice))).isFalse();
        EchoEndpoint twin = new EchoEndpoint(alice(edge).loop(), alice.localUfrag());
        assertThat(Await.test(alice(edge), media -> media.add(twin))).isFalse();
        assertThat(alice(edge).load()).isEqualTo(1);
    }

    @Test
    void spreadsEndpointsOverTheLoops() throws IOException {
        UdpEdge edge = start(3);
        EchoEndpoint.on(edge.loops().get(1), "alice");
        Set<Integer> chosen = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            chosen.add(edge.leastLoaded().index());
        }
        assertThat(chosen).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void answersFromTheAddressThatWasAsked() throws IOException {
        UdpEdge edge = start(2, "127.0.0.1", "127.0.0.2", "::1");
        assertThat(edge.addresses()).hasSize(3);
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
        byte[] check = StunRequest.naming(alice.localUfrag() + ":r");
        for (InetSocketAddress address : edge.addresses()) {
            try (UdpClient client = new UdpClient(address)) {
                client.send(check).hears(check);
                client.send(128, 40).receive();
            }
        }
        assertThat(alice.flows).hasSize(3);
    }

    @Test
    void refusesAnOccupiedPortAndNamesIt() throws IOException {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            assertOccupied(other.getLocalPort());
        }
        try (DatagramSocket everywhere = new DatagramSocket(0)) {
            assertOccupied(everywhere.getLocalPort());
        }
    }

    @Test
    void refusesThePortOfAnotherServer() throws IOException {
        assertOccupied(start(2).port());
    }

    private void assertOccupied(int port) {
        assertThatThrownBy(() -> UdpEdge.start(config(port, 1, "127.0.0.1")))
                .isInstanceOf(PortOccupiedException.class)
                .hasMessageContaining("UDP port " + port + " is occupied at 127.0.0.1")
                .hasMessageContaining("in use");
    }

    @Test
    void takesTheSamePortAgainAfterClosing() throws IOException {
        UdpEdge first = start(2);
        int port = first.port();
        first.close();
        opened = UdpEdge.start(config(port, 2, "127.0.0.1"));
        assertThat(open().port()).isEqualTo(port);
    }

    @Test
    void lastWordsLeaveBeforeTheSocketsClose() throws IOException {
        UdpEdge edge = start(2);
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            Flow flow = alice.flows.getFirst();
            edge.loops()
                    .get(0)
                    .run(_ -> edge.loops().get(1).run(media -> {
                        Packet goodbye = media.packets().take(new byte[] {21, 1});
                        media.send(goodbye, flow);
                    }));
            edge.close();
            client.hears(new byte[] {21, 1});
        }
    }

    @Test
    void refusesAnAddressThatIsNotOfThisMachine() {
        assertThatThrownBy(() -> UdpEdge.start(config(0, 1, "192.0.2.77")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.77");
        assertThatThrownBy(() -> config(0, 1, "0.0.0.0")).hasMessageContaining("wildcard 0.0.0.0");
    }

    @Test
    void bindsEveryAddressOfTheMachineByItself() throws IOException {
        opened = UdpEdge.start(
                EdgeConfig.everywhere(0, EchoEndpoint::loopOf).withLoops(2).withNativeTransport(nativeTransport));
        List<InetAddress> found = new InterfaceAddresses().addresses();
        assertThat(open().addresses().stream().map(InetSocketAddress::getAddress))
                .containsExactlyElementsOf(found);
        assertThat(found).contains(InetAddress.getByName("127.0.0.1"));
        assertThat(found).noneMatch(address -> address.getHostAddress().contains("%"));
        EchoEndpoint alice = EchoEndpoint.on(alice(open()), "alice");
        byte[] check = StunRequest.naming(alice.localUfrag() + ":r");
        try (UdpClient client = new UdpClient(new InetSocketAddress("127.0.0.1", open().port()))) {
            client.send(check).hears(check);
        }
    }

    private UdpEdge start(int loops, String... addresses) throws IOException {
        opened = UdpEdge.start(config(0, loops, addresses.length == 0 ? new String[] {"127.0.0.1"} : addresses));
        return opened;
    }

    private EdgeConfig config(int port, int loops, String... addresses) throws IOException {
        List<InetAddress> bound = new ArrayList<>();
        for (String address : addresses) {
            bound.add(InetAddress.getByName(address));
        }
        return EdgeConfig.everywhere(port, EchoEndpoint::loopOf)
                .withLoops(loops)
                .withNativeTransport(nativeTransport)
                .at(bound);
    }

    private UdpEdge open() {
        return Objects.requireNonNull(opened);
    }

    private static LoopRef alice(UdpEdge edge) {
        return edge.loops().getFirst();
    }

    private static int routes(UdpEdge edge) {
        return edge.loops().stream()
                .mapToInt(loop -> Await.count(loop, media -> media.table().routeCount()))
                .sum();
    }

    private static int outstanding(UdpEdge edge) {
        int[] sum = {0};
        Await.until("packets are back", () -> {
            sum[0] = edge.loops().stream()
                    .mapToInt(loop -> Await.count(loop, media -> media.packets().outstanding()))
                    .sum();
            return sum[0] == 0;
        });
        return sum[0];
    }

    private static void await(UdpEdge edge, SfuCounter counter, long count) {
        Await.until(counter + " is " + count, () -> edge.count(counter) == count);
    }
}
