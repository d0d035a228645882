package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Sending where nobody is, more than a socket takes, and over the smallest path there is.
@ParameterizedClass(name = "native={0}")
@ValueSource(booleans = {true, false})
class ScarcityTest {
    private static final int BURST = 20_000;

    @Parameter
    boolean nativeTransport;

    private UdpEdge start() throws IOException {
        return UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .at(List.of(InetAddress.ofLiteral("127.0.0.1")))
                .withLoops(1)
                .withNativeTransport(nativeTransport));
    }

    /// A flow that was good, and whose client then closes its socket.
    private static Flow gone(UdpEdge edge, EchoEndpoint endpoint) {
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            byte[] check = StunRequest.naming(endpoint.localUfrag() + ":remote");
            client.send(check).hears(check);
            return Flow.udp(
                    edge.addresses().getFirst(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port()));
        }
    }

    private static void send(LoopRef loop, Flow flow, int packets) {
        Await.run(loop, media -> {
            for (int i = 0; i < packets; i++) {
                Packet packet = media.packets().take();
                packet.length(1_200);
                media.send(packet, flow);
            }
        });
    }

    @Test
    @DisplayName(
            "hostile G14 a client that is gone without a word, and a burst larger than any buffer, harm nobody else")
    void hostile_G14_nobodyThereAndNoRoom() throws Exception {
        try (UdpEdge edge = start()) {
            LoopRef loop = edge.loops().getFirst();
            Flow flow = gone(edge, EchoEndpoint.on(loop, "alice"));
            EchoEndpoint bob = EchoEndpoint.on(loop, "bob");
            for (int second = 0; second < 10; second++) {
                send(loop, flow, 50);
                Thread.sleep(10); // "port unreachable" comes back in between
            }
            send(loop, flow, BURST);
            try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
                byte[] check = StunRequest.naming(bob.localUfrag() + ":remote");
                client.send(check).hears(check);
                byte[] media = {(byte) 128, 1, 2, 3};
                client.send(media).hears(media);
            }
            assertThat(loop.loop().packets().outstanding()).isZero();
        }
    }

    @Test
    @DisplayName("hostile G14 whatever we make ourselves fits a path of 1,280 bytes, IPv6 headers included")
    void hostile_G14_smallestPath() {
        assertThat(Limits.defaults().datagramBytes()).isLessThanOrEqualTo(1_280 - 40 - 8);
    }
}
