package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A thousand endpoints come and go, and nothing of them stays.
@ParameterizedClass(name = "native={0}")
@ValueSource(booleans = {true, false})
class EdgeLeftoversTest {
    private static final int ENDPOINTS = 1_000;
    private static final int AT_ONCE = 50;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Parameter
    boolean nativeTransport;

    private final ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();
    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final Logger leakLog = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

    @BeforeEach
    void watchForLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        leaks.start();
        leakLog.addAppender(leaks);
    }

    @AfterEach
    void stopWatching() {
        leakLog.detachAppender(leaks);
        ResourceLeakDetector.setLevel(levelBefore);
    }

    @Test
    void thousandEndpointsLeaveNothingBehind() throws IOException, InterruptedException {
        run(1, AT_ONCE);
        long before = descriptors();
        run(ENDPOINTS / AT_ONCE, AT_ONCE);
        assertThat(descriptors()).isEqualTo(before);
        collectGarbage();
        assertThat(leaks.list).isEmpty();
    }

    private void run(int rounds, int atOnce) throws IOException {
        try (UdpEdge edge = UdpEdge.start(EdgeConfig.everywhere(0, EchoEndpoint::loopOf)
                .withLoops(2)
                .withNativeTransport(nativeTransport)
                .at(List.of(InetAddress.getByName("127.0.0.1"))))) {
            long open = descriptors();
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < atOnce; i++) {
                    call(edge, "n" + i);
                }
                Await.until("all is back", () -> leftovers(edge) == 0);
            }
            assertThat(descriptors()).isEqualTo(open);
        }
    }

    private static void call(UdpEdge edge, String name) {
        LoopRef loop = edge.leastLoaded();
        EchoEndpoint endpoint = EchoEndpoint.on(loop, name);
        byte[] check = StunRequest.naming(endpoint.localUfrag() + ":r");
        try (UdpClient client = new UdpClient(edge.addresses().getFirst())) {
            client.send(check).hears(check);
            client.send(128, 100).receive();
        }
        loop.run(media -> endpoint.tickEvery(3_600_000_000_000L));
        Await.run(loop, media -> media.remove(endpoint));
    }

    private static int leftovers(UdpEdge edge) {
        return edge.loops().stream()
                .mapToInt(loop -> Await.count(
                        loop,
                        media -> media.packets().outstanding()
                                + media.table().size()
                                + media.table().routeCount()
                                + media.turn().timers().size()))
                .sum();
    }

    private static long descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    /// A buffer that nobody released is reported when it has been collected and the next one is made.
    private static void collectGarbage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            ByteBufAllocator.DEFAULT.directBuffer(64).release();
        }
    }
}
