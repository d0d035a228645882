package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.RawConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections that go on saying a little, so that no pause gives them away.
class SlowConnectionsTest {
    private static final int CONNECTIONS = 2_000;
    /// No more than one address may have unfinished; each comes as another person.
    private static final int PER_ADDRESS = 100;

    private static final long HEALTHY_MS = 50;
    private static final byte[] A_LITTLE = "a".getBytes(StandardCharsets.US_ASCII);

    @Test
    @DisplayName("hostile R14 beside 2,000 slow requests a healthy one takes less than 50 ms, and all are cut in 30 s")
    void hostile_R14_aHealthyRequestIsAnsweredInTime(@TempDir Path data) throws Exception {
        try (TestServer server = TestServer.start(data)) {
            List<Long> alone = new ArrayList<>();
            askFor(100, server, alone);
            List<RawConnection> slow = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                slow.add(slow(server, i));
            }
            List<Long> beside = new ArrayList<>();
            long fromNs = System.nanoTime();
            while (!slow.isEmpty()) {
                askFor(10, server, beside);
                slow.removeIf(connection -> !connection.send(A_LITTLE));
                assertThat(System.nanoTime() - fromNs).isLessThan(TimeUnit.SECONDS.toNanos(30));
            }
            assertThat(beside).hasSizeGreaterThan(100);
            // on a machine that is busy with other things, not much more than without the slow ones
            assertThat(p99Ms(beside)).isLessThan(Math.max(HEALTHY_MS, 4 * p99Ms(alone)));
        }
    }

    private static void askFor(int times, TestServer server, List<Long> tookNs) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            long fromNs = System.nanoTime();
            assertThat(TestServer.get(server.http(), "/")).startsWith("HTTP/1.1 200");
            tookNs.add(System.nanoTime() - fromNs);
            Thread.sleep(10);
        }
    }

    private static long p99Ms(List<Long> tookNs) {
        long[] sorted = tookNs.stream().mapToLong(Long::longValue).sorted().toArray();
        return TimeUnit.NANOSECONDS.toMillis(sorted[sorted.length * 99 / 100]);
    }

    /// A request line, fields or a body that never end.
    private static RawConnection slow(TestServer server, int i) {
        RawConnection connection = new RawConnection("127.0.1." + (1 + i / PER_ADDRESS), server.http());
        connection.send(
                switch (i % 3) {
                    case 0 -> "GET /";
                    case 1 -> "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ";
                    default ->
                        "POST /whip/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sdp\r\n"
                                + "Content-Length: 100000\r\n\r\n";
                });
        return connection;
    }
}
