package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.RawConnection;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sockets that come and say nothing, or half of something.
class ManySocketsTest {
    private static final int SOCKETS = Boolean.getBoolean("parley.long") ? 10_000 : 2_000;

    @Test
    @DisplayName("hostile E07 sockets that never say anything are closed and leave nothing")
    void hostile_E07_silentSockets(@TempDir Path data) throws Exception {
        try (TestServer server = TestServer.start(data);
                RawWebSocket bystander = RawWebSocket.open("127.0.0.2", server.http())) {
            bystander.join("demo", "bob");
            long before = descriptors();
            List<RawConnection> silent = new ArrayList<>();
            long began = System.nanoTime();
            for (int i = 0; i < SOCKETS; i++) {
                silent.add(quiet(server, i));
                if (i % 100 == 0) {
                    bystander.text("{\"type\":\"ping\",\"id\":" + i + "}");
                    assertThat(bystander.message().path("re").asInt()).isEqualTo(i);
                }
            }
            for (RawConnection connection : silent) {
                connection.readToEnd();
            }
            assertThat(System.nanoTime() - began)
                    .as("all were closed by their deadlines")
                    .isLessThan(60_000_000_000L);
            silent.forEach(RawConnection::close);
            bystander.text("{\"type\":\"ping\",\"id\":1}");
            assertThat(bystander.message().path("type").asText()).isEqualTo("done");
            Thread.sleep(1_500);
            assertThat(refused(server)).as("each was counted once").isEqualTo(SOCKETS);
            assertThat(descriptors()).isLessThanOrEqualTo(before + 8);
            try (RawWebSocket next = RawWebSocket.open(server.http())) {
                assertThat(next.join("demo", "alice").path("type").asText()).isEqualTo("joined");
            }
        }
    }

    private static double refused(TestServer server) {
        return Stream.of("unfinished_connections", "no_first_bytes", "slow_request", "tls_handshake", "no_join")
                .mapToDouble(limit -> server.figure("parley_limit_hits_total{limit=\"" + limit + "\"}"))
                .sum();
    }

    /// Nothing at all, half a request, half a TLS hello, or an upgrade after which nothing comes.
    private static RawConnection quiet(TestServer server, int i) {
        return switch (i % 4) {
            case 0 -> new RawConnection(server.port());
            case 1 -> saying(server.http(), "GET /ws HTTP/1.1\r\nHost: 127");
            case 2 -> saying(server.port(), "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
            default ->
                saying(
                        server.http(),
                        RawWebSocket.handshake(server.http(), "Origin: http://127.0.0.1:" + server.http() + "\r\n"));
        };
    }

    private static RawConnection saying(int port, String text) {
        RawConnection connection = new RawConnection(port);
        connection.send(text);
        return connection;
    }

    /// Open descriptors of this process, 0 where there is no such list.
    private static long descriptors() throws IOException {
        Path list = Path.of("/proc/self/fd");
        if (!Files.isDirectory(list)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(list)) {
            return open.count();
        }
    }
}
