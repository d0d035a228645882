package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "native={0}")
@ValueSource(booleans = {true, false})
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8 on loopback")
class AddressFollowingTest {
    private static final long RESCAN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LINGER_NS = TimeUnit.MILLISECONDS.toNanos(400);

    @Parameter
    boolean nativeTransport;

    private volatile List<InetAddress> there = List.of();
    private volatile boolean unreadable;
    private UdpEdge edge;

    @SuppressWarnings("NullAway.Init") // opened before each test
    AddressFollowingTest() {}

    @BeforeEach
    void start() throws IOException {
        there = addresses("127.0.0.1", "127.0.0.2");
        edge = UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .withLoops(2)
                .withNativeTransport(nativeTransport)
                .from(() -> {
                    if (unreadable) {
                        throw new SocketException("not now");
                    }
                    return there;
                })
                .withTimes(RESCAN_NS, LINGER_NS));
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void receivesAtAnAddressThatAppears() throws IOException {
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
        there = addresses("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Await.until("it is listed", () -> edge.addresses().size() == 3);
        echoes(alice, "127.0.0.3");
    }

    @Test
    void keepsTheSocketsOfAVanishedAddressForAWhileOnly() throws IOException {
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
        there = addresses("127.0.0.1");
        Await.until("it is not listed", () -> edge.addresses().size() == 1);
        assertThat(sockets()).as("still there").isEqualTo(4);
        echoes(alice, "127.0.0.2");
        Await.until("its sockets are closed", () -> sockets() == 2);
        echoes(alice, "127.0.0.1");
        there = addresses("127.0.0.1", "127.0.0.2");
        Await.until("it is back", () -> edge.addresses().size() == 2);
        echoes(alice, "127.0.0.2");
    }

    @Test
    void anAddressThatComesBackInTimeKeepsItsSockets() throws IOException, InterruptedException {
        EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
        try (UdpClient client = new UdpClient(address("127.0.0.2"))) {
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            there = addresses("127.0.0.1");
            Await.until("it is not listed", () -> edge.addresses().size() == 1);
            there = addresses("127.0.0.1", "127.0.0.2");
            Await.until("it is back", () -> edge.addresses().size() == 2);
            Thread.sleep(TimeUnit.NANOSECONDS.toMillis(2 * LINGER_NS));
            client.send(128, 30).receive();
        }
    }

    @Test
    void keepsWhatItHasWhileAddressesCannotBeRead() throws IOException, InterruptedException {
        unreadable = true;
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(2 * LINGER_NS));
        assertThat(edge.addresses()).hasSize(2);
        unreadable = false;
        there = addresses("127.0.0.1");
        Await.until("it follows again", () -> edge.addresses().size() == 1);
    }

    @Test
    void triesAgainWhatCouldNotBeBound() throws IOException {
        InetAddress missing = InetAddress.getByName("192.0.2.99");
        there = List.of(InetAddress.getByName("127.0.0.1"), missing);
        Await.until("the other one is gone", () -> edge.addresses().size() == 1);
        there = addresses("127.0.0.1", "127.0.0.4");
        Await.until("a good one is taken", () -> edge.addresses().contains(address("127.0.0.4")));
    }

    @Test
    void bindsNoMoreAddressesThanTheLimit() throws IOException {
        List<String> many = new ArrayList<>();
        for (int i = 1; i <= Limits.defaults().localAddresses() + 10; i++) {
            many.add("127.0.0." + i);
        }
        there = addresses(many.toArray(String[]::new));
        Await.until("the limit is reached", () -> edge.addresses().size() > 60);
        assertThat(edge.addresses()).hasSize(Limits.defaults().localAddresses());
    }

    private void echoes(EchoEndpoint endpoint, String address) {
        byte[] check = StunRequest.naming(endpoint.localUfrag() + ":r");
        try (UdpClient client = new UdpClient(address(address))) {
            client.send(check).hears(check);
        }
    }

    private InetSocketAddress address(String literal) {
        return new InetSocketAddress(literal, edge.port());
    }

    private int sockets() {
        return edge.loops().stream()
                .mapToInt(loop -> Await.count(loop, media -> media.sockets().size()))
                .sum();
    }

    private static List<InetAddress> addresses(String... literals) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }
}
