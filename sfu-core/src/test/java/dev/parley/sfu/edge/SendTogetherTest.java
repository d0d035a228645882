package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a turn sends together arrives one by one: every datagram whole, in order, at whom it is for.
class SendTogetherTest {
    /// A frame of a camera and its end, voices, equal packets, more than one message can hold, two that are too
    /// long to be part of one, and a rest.
    private static final int[] LENGTHS = lengths();

    private static int[] lengths() {
        List<Integer> lengths = new ArrayList<>(List.of(1100, 1100, 1100, 640, 100, 90, 100, 1, 1232, 1232));
        for (int i = 0; i < 70; i++) {
            lengths.add(200);
        }
        lengths.addAll(List.of(1_600, 1_600));
        lengths.add(20);
        lengths.add(30);
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    @ParameterizedTest(name = "native={0}")
    @ValueSource(booleans = {true, false})
    void arrivesOneByOne(boolean nativeTransport) throws IOException {
        EdgeConfig config = EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .withLoops(1)
                .withNativeTransport(nativeTransport)
                .at(List.of(InetAddress.getByName("127.0.0.1")));
        try (UdpEdge edge = UdpEdge.start(config);
                UdpClient alice = new UdpClient(edge.addresses().getFirst());
                UdpClient bob = new UdpClient(edge.addresses().getFirst())) {
            LoopRef loop = edge.loops().getFirst();
            Flow toAlice = bind(loop, alice, "alice");
            Flow toBob = bind(loop, bob, "bob");
            loop.run(media -> {
                for (int i = 0; i < LENGTHS.length; i++) {
                    media.send(packet(media, i, 'a'), toAlice);
                    media.send(packet(media, i, 'b'), toBob);
                }
            });
            hears(alice, 'a');
            hears(bob, 'b');
            Await.until(
                    "packets are back",
                    () -> Await.count(loop, media -> media.packets().outstanding()) == 0);
            assertThat(edge.count(SfuCounter.SEND_FAILED) + edge.count(SfuCounter.SEND_BLOCKED))
                    .isZero();
        }
    }

    private static Flow bind(LoopRef loop, UdpClient client, String name) {
        EchoEndpoint endpoint = EchoEndpoint.on(loop, name);
        client.send(StunRequest.naming(endpoint.localUfrag() + ":r")).receive();
        return endpoint.flows.getFirst();
    }

    private static Packet packet(MediaLoop media, int number, char whose) {
        Packet packet = media.packets().take();
        byte[] bytes = bytes(number, whose);
        packet.copyFrom(bytes, 0, bytes.length);
        packet.passedThrough(true);
        return packet;
    }

    private static byte[] bytes(int number, char whose) {
        byte[] bytes = new byte[LENGTHS[number]];
        Arrays.fill(bytes, (byte) whose);
        bytes[0] = (byte) (128 + number);
        return bytes;
    }

    private static void hears(UdpClient client, char whose) {
        for (int i = 0; i < LENGTHS.length; i++) {
            assertThat(client.receive()).as("datagram " + i).isEqualTo(bytes(i, whose));
        }
    }
}
