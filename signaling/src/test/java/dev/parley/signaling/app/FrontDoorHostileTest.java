package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.RawConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Connections that are slow, empty or ambiguous, while others are served.
class FrontDoorHostileTest extends AgainstOneServer {
    private static final int MEDIA_CONNECTIONS = Boolean.getBoolean("parley.long") ? 5_000 : 2_000;
    private static final int SLOW_CONNECTIONS = 2_000;
    private static final String HOST = "Host: 127.0.0.1\r\n";

    private double limit(String name) {
        return server.figure("parley_limit_hits_total{limit=\"" + name + "\"}");
    }

    private String raw(String request) {
        try (RawConnection connection = new RawConnection("127.0.0.9", server.http())) {
            connection.send(request);
            return connection.readToEnd();
        }
    }

    @Test
    @DisplayName("hostile F10 requests that are too long or can be read in two ways are refused and closed")
    void hostile_F10_ambiguousRequests() {
        String get = "GET /api/v1/openapi.json HTTP/1.1\r\n" + HOST;
        String post = "POST /api/v1/openapi.json HTTP/1.1\r\n" + HOST;
        StringBuilder many = new StringBuilder(get);
        for (int i = 0; i < 1_000; i++) {
            many.append("X-Header-Number-").append(i).append(": 1\r\n");
        }
        assertThat(raw(many + "\r\n")).startsWith("HTTP/1.1 431");
        assertThat(raw(get + "X: " + "x".repeat(1_000_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "x".repeat(8_192) + " HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 414");
        for (String request : List.of(
                "GET /api/v1/openapi.json HTTP/1.1\nHost: 127.0.0.1\n\n",
                get + "X: 1\n\r\n",
                get + "X: 1\r\r\n\r\n",
                get + " folded: 1\r\n\r\n",
                get + "X : 1\r\n\r\n",
                get + "X\u0000: 1\r\n\r\n",
                get + HOST + "\r\n",
                post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                post + "Content-Length: 5, 6\r\n\r\nhello",
                post + "Content-Length: +5\r\n\r\nhello",
                post + "Content-Length: -1\r\n\r\n",
                post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) {
            assertThat(raw(request + "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n"))
                    .as(request.replace("\r", "\\r").replace("\n", "\\n"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("not_found", "HTTP/1.1 404");
        }
    }

    @Test
    @DisplayName("hostile F10 chunk extensions without end are cut off")
    void hostile_F10_chunkExtensions() {
        try (RawConnection connection = new RawConnection("127.0.0.9", server.http())) {
            connection.send("PUT /api/v1/openapi.json HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n1;x=");
            byte[] more = new byte[1 << 16];
            Arrays.fill(more, (byte) 'x');
            connection.send(more);
            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 400").contains("bad_request");
        }
        assertThat(raw("PUT / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    @DisplayName("hostile F09 slow requests are closed, and others are served meanwhile")
    void hostile_F09_slowRequests() throws InterruptedException {
        double before = limit("slow_request") + limit("unfinished_connections");
        List<RawConnection> slow = new ArrayList<>();
        long quietNs = p99(IntStream.range(0, 100).mapToLong(_ -> healthy()));
        List<Long> tookNs = new ArrayList<>();
        for (int i = 0; i < SLOW_CONNECTIONS; i++) {
            RawConnection connection = new RawConnection("127.0.0." + (20 + i % 4), server.http());
            slow.add(connection);
            connection.send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHo" : "PUT / HTTP/1.1\r\n" + HOST + "Content-Le");
            if (i % 20 == 0) {
                tookNs.add(healthy());
            }
        }
        for (int second = 0; second < 6; second++) {
            for (RawConnection connection : slow) {
                connection.send("x");
            }
            tookNs.add(healthy());
            Thread.sleep(500);
        }
        slow.forEach(RawConnection::readToEnd);
        slow.forEach(RawConnection::close);
        assertThat(limit("slow_request") + limit("unfinished_connections") - before)
                .isEqualTo(SLOW_CONNECTIONS);
        assertThat(p99(tookNs.stream().mapToLong(Long::longValue)))
                .as("p99 of a healthy request, %d us when nobody else is there", quietNs / 1000)
                .isLessThan(Math.max(50_000_000L, 3 * quietNs));
    }

    private static long p99(LongStream samples) {
        long[] sorted = samples.sorted().toArray();
        return sorted[sorted.length * 99 / 100];
    }

    private long healthy() {
        long beganNs = System.nanoTime();
        assertThat(TestServer.get(server.http(), "/api/v1/openapi.json")).startsWith("HTTP/1.1 200");
        return System.nanoTime() - beganNs;
    }

    /// In an RFC 4571 frame: a check as long as it says, or longer than it is.
    private static byte[] check(int length, int sent) {
        byte[] frame = ByteBuffer.allocate(Math.max(sent, 22))
                .putShort((short) length)
                .putShort((short) 1)
                .putShort((short) (length - 20))
                .putInt(0x2112a442)
                .array();
        return Arrays.copyOf(frame, sent);
    }

    @Test
    @DisplayName("hostile A09 media connections that never show a participant are closed in time and leave nothing")
    void hostile_A09_mediaConnections() {
        double before = unproven();
        long heapBefore = usedHeap();
        List<RawConnection> all = new ArrayList<>();
        for (int i = 0; i < MEDIA_CONNECTIONS; i++) {
            RawConnection connection = new RawConnection("127.0.0." + (40 + i % 6), server.port());
            all.add(connection);
            switch (i % 4) {
                case 0 -> {}
                case 1 -> connection.send(check(100, 12));
                case 2 -> connection.send(check(100, 60));
                default -> connection.send(check(0xffff, 1_200));
            }
        }
        long beganNs = System.nanoTime();
        all.forEach(RawConnection::readToEnd);
        assertThat(System.nanoTime() - beganNs).as("closed").isLessThan(10_000_000_000L);
        all.forEach(RawConnection::close);
        assertThat(unproven() - before).isEqualTo(MEDIA_CONNECTIONS);
        assertThat(server.sfu.tcpConnections()).isEmpty();
        assertThat(usedHeap() - heapBefore).as("heap").isLessThan(32L << 20);
        assertThat(healthy()).isPositive();
    }

    private double unproven() {
        return limit("no_first_bytes") + limit("no_media_check") + limit("unfinished_connections");
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
