package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.RawConnection;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class FrontDoorTest {
    private static final List<String> INTERNAL =
            List.of("/metrics", "/livez", "/readyz", "/admin", "/debug", "/actuator/heapdump", "/env", "/health");

    private TestServer server;
    private Path data;

    @BeforeAll
    void start(@TempDir Path folder) throws StartException, IOException {
        data = folder;
        server = TestServer.start(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Trusts exactly the certificate that the server made.
    private HttpClient client() throws GeneralSecurityException, IOException {
        X509Certificate made = PemFiles.read(data.resolve("tls/cert.pem"), data.resolve("tls/key.pem"))
                .chain()
                .getFirst();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("parley", made);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private URI https(String target) {
        return URI.create(server.server.ready().https() + target);
    }

    @Test
    void servesOverTlsWithACertificateForItsOwnAddress() throws Exception {
        try (HttpClient client = client()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(https("/api/v1/openapi.json")).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("openapi");
            assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls/key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void joinsOverTls() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        try (HttpClient client = client()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("parley.v1")
                    .header("Origin", server.server.ready().https())
                    .buildAsync(URI.create(https("/ws").toString().replace("https", "wss")), new WebSocket.Listener() {
                        private final StringBuilder text = new StringBuilder();

                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            text.append(data);
                            from.request(1);
                            if (last) {
                                first.complete(text.toString());
                            }
                            return CompletableFuture.completedFuture(null);
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("parley.v1");
            socket.sendText(RawWebSocket.joinText("tls", "alice"), true).join();
            assertThat(first.get(10, TimeUnit.SECONDS)).contains("\"type\":\"joined\"", "\"re\":1");
            socket.abort();
        }
    }

    @Test
    void sendsPlainHttpOnTheTlsPortToHttps() {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send("GET /r/demo?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n");
            assertThat(connection.readToEnd())
                    .startsWith("HTTP/1.1 308")
                    .containsIgnoringCase("location: https://127.0.0.1:" + server.port() + "/r/demo?x=1\r\n");
        }
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send("GET / HTTP/1.1\r\nHost: evil.example/\r\n\r\n");
            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void closesAndCountsWhatItDoesNotKnow() {
        double before = server.figure("parley_limit_hits_total{limit=\"unknown_first_bytes\"}");
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send("SSH-2.0-OpenSSH_9.2\r\n");
            assertThat(connection.readToEnd()).isEmpty();
        }
        assertThat(server.figure("parley_limit_hits_total{limit=\"unknown_first_bytes\"}"))
                .isEqualTo(before + 1);
    }

    @Test
    void answersBrokenRequestsWithTheirReason() {
        int http = server.http();
        assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400").contains("bad_host");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("POST /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: "
                        + "chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("DELETE /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("allow: GET, HEAD");
        assertThat(raw("GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(TestServer.get(http, "/nowhere"))
                .startsWith("HTTP/1.1 404")
                .contains("urn:parley:problem:not_found");
        assertThat(TestServer.get(http, "/ws")).startsWith("HTTP/1.1 403");
    }

    private String raw(String request) {
        try (RawConnection connection = new RawConnection(server.http())) {
            connection.send(request);
            return connection.readResponse();
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        try (RawConnection connection = new RawConnection(server.http())) {
            String host = " HTTP/1.1\r\nHost: a\r\n\r\n";
            connection.send("GET /api/v1/rooms/one/participants" + host + "GET /nowhere" + host
                    + "GET /api/v1/rooms/two/participants" + host);
            assertThat(connection.readResponse()).contains("\"room\":\"one\"");
            assertThat(connection.readResponse()).startsWith("HTTP/1.1 404");
            assertThat(connection.readResponse()).contains("\"room\":\"two\"");
        }
    }

    @Test
    void listsTheParticipantsOfARoom() {
        try (RawWebSocket alice = RawWebSocket.open(server.http())) {
            assertThat(alice.join("Listed Room", "alice").path("type").asText()).isEqualTo("joined");
            assertThat(TestServer.get(server.http(), "/api/v1/rooms/listed%20room/participants"))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"room\":\"listed room\"", "\"name\":\"alice\"", "\"role\":\"speaker\"")
                    .contains("\"via\":\"web\"", "\"state\":\"connected\"", "\"path\":\"udp\"", "\"tracks\":[]");
        }
        assertThat(TestServer.get(server.http(), "/api/v1/rooms/nobody/participants"))
                .contains("{\"room\":\"nobody\",\"participants\":[]}");
        assertThat(TestServer.get(server.http(), "/api/v1/rooms/.hidden/participants"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    @DisplayName("hostile F08 no path leads out of the web client")
    void hostile_F08_pathTraversal() throws IOException {
        Path secret = Files.writeString(data.resolve("secret.txt"), "a secret");
        for (String path : List.of(
                "/../secret.txt",
                "/..%2fsecret.txt",
                "/..%2Fsecret.txt",
                "/%2e%2e/secret.txt",
                "/%2e%2e%2fsecret.txt",
                "/....//secret.txt",
                "/..%c0%afsecret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/..\\secret.txt",
                "/..%5csecret.txt",
                "/r/..%2f..%2fsecret.txt",
                "//" + secret,
                secret.toString(),
                "/./secret.txt",
                "/.env",
                "/.git/config",
                "/r/../.env",
                "/index.html%00.txt",
                "/%zz",
                "/%",
                "/web/",
                "/META-INF/MANIFEST.MF",
                "/dev/parley/signaling/app/Main.class",
                "/logback.xml")) {
            String response = TestServer.get(server.http(), path);
            assertThat(response).as(path).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("a secret");
        }
    }

    @Test
    @DisplayName("hostile F17 operators' pages are not on the public listeners")
    void hostile_F17_internalPages() throws Exception {
        try (HttpClient client = client()) {
            for (String path : INTERNAL) {
                assertThat(TestServer.get(server.http(), path)).as(path).startsWith("HTTP/1.1 404");
                HttpRequest request = HttpRequest.newBuilder(https(path)).build();
                assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
        assertThat(TestServer.get(server.management(), "/livez")).startsWith("HTTP/1.1 200");
        assertThat(TestServer.get(server.management(), "/readyz")).startsWith("HTTP/1.1 200");
        try (RawWebSocket alice = RawWebSocket.open(server.http())) {
            alice.join("secret-room", "secret-name");
            String metrics = TestServer.get(server.management(), "/metrics");
            assertThat(metrics)
                    .contains("parley_rooms ", "parley_participants{path=\"udp\",via=\"web\"}", "parley_draining 0.0")
                    .contains("parley_join_seconds_bucket")
                    .doesNotContain("secret", "127.0.0.1");
            assertThat(metrics.lines()
                            .filter(line -> line.startsWith("parley_"))
                            .count())
                    .isLessThan(200);
        }
        assertThat(TestServer.get(server.management(), "/ws")).startsWith("HTTP/1.1 404");
        assertThat(TestServer.get(server.management(), "/api/v1/openapi.json")).startsWith("HTTP/1.1 404");
    }

    @Test
    void saysWhereItIsInOneLine() {
        assertThat(server.said.lines().filter(line -> line.startsWith("READY ")).toList())
                .singleElement()
                .asString()
                .isEqualTo("READY {\"version\":\"dev\",\"pid\":"
                        + ProcessHandle.current().pid()
                        + ",\"https\":\"https://127.0.0.1:" + server.port() + "\",\"http\":\"http://127.0.0.1:"
                        + server.http() + "\",\"management\":\"http://127.0.0.1:" + server.management()
                        + "\",\"udp\":" + server.port() + ",\"lan\":[]}");
    }
}
