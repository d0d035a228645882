package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.SfuCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What happens when more comes than a loop can take: it is dropped where it costs least, and counted.
class OverloadTest {
    private static final int FLOOD = 40_000;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what it dropped")
    void countsWhatTheKernelDroppedWhileTheLoopWasBusy() throws IOException {
        try (UdpEdge edge = start(1, true);
                UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            EchoEndpoint alice = EchoEndpoint.on(edge.loops().getFirst(), "alice");
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            CountDownLatch busy = hold(edge.loops().getFirst());
            for (int i = 0; i < FLOOD; i++) {
                client.send(EchoEndpoint.SILENT, 1000);
            }
            busy.countDown();
            Await.until("all are read or dropped", () -> {
                edge.countKernelDrops();
                return alice.received - 1 + edge.count(SfuCounter.KERNEL_DROPPED) == FLOOD;
            });
            assertThat(edge.count(SfuCounter.KERNEL_DROPPED)).isBetween(1L, FLOOD - 1L);
        }
    }

    @Test
    void handsOverNoMoreThanTheLimitToALoopThatDoesNotTakeIt() throws IOException {
        try (UdpEdge edge = start(2, false);
                UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            EchoEndpoint alice = EchoEndpoint.on(edge.loops().get(1), "alice");
            client.send(StunRequest.naming(alice.localUfrag() + ":r")).receive();
            int max = edge.loops().getFirst().loop().limits().handOverPackets();
            CountDownLatch busy = hold(edge.loops().get(1));
            int sent = 0;
            while (edge.count(SfuCounter.HAND_OVER_FULL) == 0 && sent < 3 * max) {
                client.send(EchoEndpoint.SILENT, 20);
                sent++;
                if (sent % 256 == 0) {
                    Await.run(edge.loops().getFirst(), media -> {});
                }
            }
            assertThat(edge.count(SfuCounter.HAND_OVER_FULL)).isPositive();
            busy.countDown();
            int all = sent + 1;
            Await.until("the rest is taken", () -> alice.received + edge.count(SfuCounter.HAND_OVER_FULL) == all);
            assertThat(alice.received).isGreaterThan(max);
            Await.until("packets are back", () -> outstanding(edge) == 0);
            client.send(128, 30).receive();
            Await.until("the last one, too", () -> outstanding(edge) == 0);
        }
    }

    private static UdpEdge start(int loops, boolean nativeTransport) throws IOException {
        return UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .withLoops(loops)
                .withNativeTransport(nativeTransport)
                .at(List.of(InetAddress.getByName("127.0.0.1"))));
    }

    /// The loop does nothing else until the latch is released.
    private static CountDownLatch hold(LoopRef loop) {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        loop.run(media -> {
            held.countDown();
            await(release);
        });
        await(held);
        return release;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int outstanding(UdpEdge edge) {
        return edge.loops().stream()
                .mapToInt(loop -> Await.count(loop, media -> media.packets().outstanding()))
                .sum();
    }
}
