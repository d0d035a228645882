package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TcpInput;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.Timed;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TcpEdgeTest {
    private final UdpEdge edge;
    private final EchoEndpoint alice;
    private final FakeConnection wire = new FakeConnection(40_000);

    /// Believes nobody.
    private record Deaf(String ufrag, AtomicInteger received) implements Endpoint {
        private Deaf(String ufrag) {
            this(ufrag, new AtomicInteger());
        }

        @Override
        public String localUfrag() {
            return ufrag;
        }

        @Override
        public void receive(Packet packet, Flow flow, long nowNs) {
            received.incrementAndGet();
            packet.release();
        }

        @Override
        public void gone(Flow flow, long nowNs) {}

        @Override
        public Timed timed() {
            return new NeverDue();
        }

        @Override
        public void failed(Throwable fault) {}
    }

    TcpEdgeTest() throws IOException {
        edge = UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .withLoops(2)
                .at(List.of(InetAddress.getLoopbackAddress())));
        alice = EchoEndpoint.on(edge.loops().get(1), "alice");
    }

    @AfterEach
    void close() {
        for (LoopRef loop : edge.loops()) {
            Await.until(
                    "every packet is back",
                    () -> Await.count(loop, l -> l.packets().outstanding()) == 0);
        }
        edge.close();
    }

    private static byte[] framed(byte[] packet) {
        byte[] frame = new byte[packet.length + 2];
        frame[0] = (byte) (packet.length >> 8);
        frame[1] = (byte) packet.length;
        System.arraycopy(packet, 0, frame, 2, packet.length);
        return frame;
    }

    private static byte[] media(int first, int length) {
        byte[] packet = new byte[length];
        packet[0] = (byte) first;
        return packet;
    }

    private byte[] check() {
        return StunRequest.naming(alice.localUfrag() + ":remote");
    }

    private TcpInput connected(FakeConnection to) {
        TcpInput input = edge.tcp().accept(to);
        input.bytes(framed(check()));
        Await.until("it is bound", () -> to.proven);
        return input;
    }

    @Test
    void goesToTheLoopThatTheFirstCheckNames() {
        TcpInput input = connected(wire);
        input.bytes(framed(media(128, 100)));
        Await.until("both came back", () -> wire.frames().size() == 2);
        assertThat(wire.frames()).containsExactly(check(), media(128, 100));
        assertThat(alice.flows).hasSize(1);
        assertThat(alice.flows.getFirst().remote()).isEqualTo(wire.remote());
        assertThat(alice.threads.stream().distinct()).as("the one loop").hasSize(1);
        input.closed();
    }

    @Test
    void readsItInAnyPieces() {
        TcpInput input = edge.tcp().accept(wire);
        for (byte one : framed(check())) {
            input.bytes(new byte[] {one});
        }
        byte[] two = framed(media(128, 50));
        input.bytes(Arrays.copyOf(two, 20));
        input.bytes(Arrays.copyOfRange(two, 20, two.length));
        Await.until("both came back", () -> wire.frames().size() == 2);
        Await.until("each piece was dealt with", () -> wire.more.get() == check().length + 2 + 2);
        input.closed();
    }

    @Test
    void takesNothingButChecksBeforeItIsBound() {
        Deaf deaf = new Deaf(EchoEndpoint.ufrag(0, "deaf"));
        Await.run(edge.loops().get(0), loop -> loop.add(deaf));
        TcpInput input = edge.tcp().accept(wire);
        input.bytes(framed(StunRequest.naming(deaf.ufrag + ":r")));
        input.bytes(framed(media(128, 50)));
        Await.until("the media is dropped", () -> edge.count(SfuCounter.UNKNOWN_SOURCE) == 1);
        assertThat(deaf.received).hasValue(1);
        assertThat(wire.proven).isFalse();
        input.closed();
    }

    @Test
    void anEndpointHearsThatItsConnectionIsGone() {
        TcpInput input = connected(wire);
        input.closed();
        Await.until("alice was told", () -> alice.flows.isEmpty());
        Await.until(
                "nothing is kept",
                () -> Await.count(edge.loops().get(1), l -> l.streams().size()) == 0);
    }

    @Test
    void anEndpointThatLeavesClosesItsConnections() {
        connected(wire);
        Await.run(edge.loops().get(1), loop -> loop.remove(alice));
        Await.until("it is closed", () -> wire.closed);
    }

    @Test
    void anAddressThatComesBackBeforeItsEndWasNoticedIsANewConnection() {
        TcpInput former = connected(wire);
        FakeConnection again = new FakeConnection(40_000);
        TcpInput input = connected(again);
        assertThat(wire.closed).isTrue();
        former.closed();
        input.bytes(framed(media(128, 10)));
        Await.until("it came back on the new one", () -> again.frames().size() == 2);
        input.closed();
    }

    @Test
    void keepsNoMoreUnderWayThanAStreamMayHaveAndNoMoreWaitingThanTheLimit() {
        wire.blocked = true;
        TcpInput input = connected(wire);
        int packets = 2_000;
        for (int i = 0; i < packets; i++) {
            input.bytes(framed(media(128, 1000)));
        }
        Await.until("all are answered or dropped", () -> wire.more.get() == packets + 1);
        assertThat(wire.bytesWritten()).isLessThan(16 * 1024 + 1002);
        assertThat(edge.count(SfuCounter.TCP_CONTROL)).isPositive();
        assertThat(Await.count(edge.loops().get(1), l -> l.packets().outstanding()))
                .isLessThanOrEqualTo(Limits.defaults().tcpQueuePackets());
        input.closed();
    }

    @Test
    void goesOnWhenTheConnectionHasTakenSomething() {
        wire.blocked = true;
        TcpInput input = connected(wire);
        for (int i = 0; i < 100; i++) {
            input.bytes(framed(media(128, 1000)));
        }
        Await.until("all are read", () -> wire.more.get() == 101);
        wire.blocked = false;
        wire.toTake.forEach(Runnable::run);
        Await.until("all have left", () -> wire.frames().size() == 101);
        input.closed();
    }

    @Test
    @DisplayName("hostile A09 first frames that are no check of anybody close the connection and leave nothing")
    void hostile_A09_firstFramesThatAreNoCheck() {
        byte[] longest = new byte[1500];
        longest[0] = (byte) 0xff;
        longest[1] = (byte) 0xff;
        refused(longest, SfuCounter.TOO_LONG);
        refused(framed(media(0, 40)), SfuCounter.STUN_MALFORMED);
        refused(framed(new byte[0]), SfuCounter.STUN_MALFORMED);
        refused(framed(StunRequest.naming("Zbob:r")), SfuCounter.STUN_UNKNOWN_UFRAG);
        TcpInput nobody = edge.tcp().accept(wire);
        nobody.bytes(framed(StunRequest.naming("Abob:r")));
        Await.until("it is counted", () -> edge.count(SfuCounter.STUN_UNKNOWN_UFRAG) == 2);
        assertThat(wire.proven).isFalse();
        nobody.closed();
        Await.until(
                "nothing is kept",
                () -> Await.count(edge.loops().get(0), l -> l.streams().size()) == 0);
    }

    private void refused(byte[] first, SfuCounter reason) {
        FakeConnection one = new FakeConnection(50_000);
        long before = edge.count(reason);
        TcpInput input = edge.tcp().accept(one);
        input.bytes(first);
        Await.until(reason + " is counted", () -> edge.count(reason) == before + 1);
        assertThat(one.closed).isTrue();
        input.bytes(framed(check()));
        input.closed();
        assertThat(one.proven).isFalse();
    }

    @Test
    @DisplayName("hostile A09 a frame longer than any packet ends a bound connection")
    void hostile_A09_aLongFrameEndsABoundConnection() {
        TcpInput input = connected(wire);
        input.bytes(new byte[] {(byte) 0xff, (byte) 0xff, 1});
        Await.until("it is closed", () -> wire.closed && alice.flows.isEmpty());
        assertThat(edge.count(SfuCounter.TOO_LONG)).isEqualTo(1);
    }
}
