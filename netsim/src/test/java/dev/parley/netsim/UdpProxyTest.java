package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpProxyTest {
    private static final LinkConfig PERFECT = LinkConfig.perfect();

    private final DatagramSocket server = socket();
    private final DatagramSocket client = socket();
    private @Nullable UdpProxy opened;

    @AfterEach
    void close() {
        server.close();
        client.close();
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void carriesBothWaysAndKeepsClientsApart() throws IOException {
        proxy(PERFECT, PERFECT);
        DatagramSocket other = socket();
        send(client, "from one");
        DatagramPacket one = receive(server, "from one");
        send(other, "from another");
        DatagramPacket another = receive(server, "from another");
        assertThat(one.getSocketAddress()).isNotEqualTo(another.getSocketAddress());
        reply(another, "to another");
        reply(one, "to one");
        assertThat(receive(client, "to one").getSocketAddress()).isEqualTo(open().address());
        receive(other, "to another");
        other.close();
        assertThat(open().stats().clients()).isEqualTo(2);
        assertThat(open().stats().up()).isEqualTo(2);
        assertThat(open().stats().down()).isEqualTo(2);
    }

    @Test
    void delaysEachDirectionByItsOwnTime() throws IOException {
        proxy(PERFECT.withDelayMs(60), PERFECT.withDelayMs(30));
        long sentNs = System.nanoTime();
        send(client, "slow");
        DatagramPacket arrived = receive(server, "slow");
        long upNs = System.nanoTime() - sentNs;
        reply(arrived, "back");
        receive(client, "back");
        assertThat(upNs).isGreaterThanOrEqualTo(60_000_000);
        assertThat(System.nanoTime() - sentNs).isGreaterThanOrEqualTo(90_000_000);
    }

    @Test
    void losesWhatItIsToldTo() throws IOException {
        proxy(PERFECT.withLoss(1), PERFECT);
        send(client, "lost");
        nothingAt(server);
        open().configure(PERFECT, PERFECT);
        send(client, "found");
        receive(server, "found");
        assertThat(open().stats().lost()).isEqualTo(1);
    }

    @Test
    void blackoutHitsKnownAndNewClientsAndEnds() throws IOException {
        proxy(PERFECT, PERFECT);
        send(client, "before");
        DatagramPacket before = receive(server, "before");
        open().blackout(600);
        assertThat(open().stats().blackout()).isZero();
        send(client, "dark");
        reply(before, "dark back");
        try (DatagramSocket late = socket()) {
            send(late, "dark too");
            nothingAt(server);
        }
        assertThat(open().stats().blackout()).isEqualTo(3);
        long deadlineNs = System.nanoTime() + 5_000_000_000L;
        while (open().stats().up() < 2 && System.nanoTime() < deadlineNs) {
            send(client, "after");
            pause(50);
        }
        receive(server, "after");
    }

    @Test
    void changedAddressIsSeenByTheServerAndTheOldOneIsDead() throws IOException {
        proxy(PERFECT, PERFECT);
        send(client, "first");
        DatagramPacket first = receive(server, "first");
        open().changeAddresses();
        send(client, "second");
        DatagramPacket second = receive(server, "second");
        assertThat(second.getSocketAddress()).isNotEqualTo(first.getSocketAddress());
        reply(first, "to the old address");
        reply(second, "to the new address");
        receive(client, "to the new address");
    }

    @Test
    void whatIsUnderWayWhenTheAddressChangesStillArrives() throws IOException {
        proxy(PERFECT.withDelayMs(100), PERFECT);
        send(client, "old");
        while (open().stats().underWay() == 0) {
            pause(1);
        }
        open().changeAddresses();
        send(client, "new");
        DatagramPacket old = receive(server, "old");
        assertThat(receive(server, "new").getSocketAddress()).isNotEqualTo(old.getSocketAddress());
    }

    @Test
    void limitsItsClients() throws IOException {
        proxy(PERFECT, PERFECT);
        List<DatagramSocket> sockets = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < UdpProxy.CLIENTS_MAX + 20; i++) {
            DatagramSocket socket = socket();
            sockets.add(socket);
            send(socket, "n" + i);
            seen.add(receive(server, "n" + i).getSocketAddress());
        }
        sockets.forEach(DatagramSocket::close);
        assertThat(open().stats().clients()).isEqualTo(UdpProxy.CLIENTS_MAX);
        assertThat(seen.size()).isGreaterThanOrEqualTo(UdpProxy.CLIENTS_MAX);
    }

    @Test
    void limitsWhatIsUnderWay() throws IOException {
        proxy(PERFECT.withDelayMs(60_000).withDuplicate(1), PERFECT);
        for (int sent = 0; open().stats().queueFull() == 0; sent++) {
            assertThat(sent).isLessThan(10 * UdpProxy.UNDER_WAY_MAX);
            send(client, "x");
        }
        assertThat(open().stats().underWay()).isEqualTo(UdpProxy.UNDER_WAY_MAX);
    }

    @Test
    void survivesAServerThatIsNotThere() throws IOException {
        proxy(PERFECT, PERFECT);
        InetSocketAddress address = new InetSocketAddress(server.getLocalAddress(), server.getLocalPort());
        server.close();
        for (int i = 0; i < 5; i++) {
            send(client, "into nothing");
            pause(10);
        }
        try (DatagramSocket restarted = new DatagramSocket(address)) {
            send(client, "after the restart");
            receive(restarted, "after the restart");
        }
    }

    @Test
    void answersNothingOnceClosed() throws IOException {
        proxy(PERFECT, PERFECT);
        open().close();
        open().close();
        assertThatThrownBy(() -> open().stats()).hasMessageContaining("closed");
        try (DatagramSocket freed = new DatagramSocket(open().address())) {
            assertThat(freed.isBound()).isTrue();
        }
    }

    private UdpProxy open() {
        assertThat(opened).isNotNull();
        return Objects.requireNonNull(opened);
    }

    private void proxy(LinkConfig up, LinkConfig down) throws IOException {
        InetSocketAddress to = new InetSocketAddress(server.getLocalAddress(), server.getLocalPort());
        opened = new UdpProxy(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), to, up, down, Fuzz.seed());
    }

    private void send(DatagramSocket from, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, open().address()));
    }

    private void reply(DatagramPacket to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        server.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private static DatagramPacket receive(DatagramSocket at, String expected) throws IOException {
        at.setSoTimeout(5_000);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        at.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
        return packet;
    }

    private static void nothingAt(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(150);
        assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[2048], 2048)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static DatagramSocket socket() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
