package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.signaling.testing.RawWebSocket;
import dev.parley.signaling.testing.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Prometheus with our configuration, beside a real server.
class PrometheusTest {
    private static final long SCRAPED_WITHIN_S = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    @Test
    void itsToolTakesConfigurationAndAlertsAndTheirTestsPass() throws Exception {
        Tool promtool = Tool.need("promtool");
        Tool.Said config = promtool.run(
                "check", "config", Deployed.MONITORING.resolve("prometheus.yml").toString());
        assertThat(config.exitCode()).as(config.text()).isZero();
        Tool.Said rules = promtool.run(
                "test",
                "rules",
                Deployed.MONITORING.resolve("parley-alerts.test.yml").toString());
        assertThat(rules.exitCode()).as(rules.text()).isZero();
    }

    @Test
    void itScrapesAServerAndTheDashboardsQueriesResolve(@TempDir Path folder) throws Exception {
        Tool prometheus = Tool.need("prometheus");
        port = freePort();
        try (ServerProcess server = ServerProcess.start(folder);
                RawWebSocket waiting = RawWebSocket.open(server.port("http"))) {
            assertThat(waiting.text("{}")).isTrue();
            Process running = start(prometheus, folder, server.port("management"));
            try {
                awaitTwoScrapes();
                for (String query : Dashboard.read().queries()) {
                    assertResolves(query);
                }
                JsonNode rules = get("/api/v1/rules").at("/data/groups/0/rules");
                assertThat(rules).isNotEmpty();
                rules.forEach(rule -> assertThat(rule.path("health").asText())
                        .as(rule.path("name").asText() + " " + rule.path("lastError"))
                        .isEqualTo("ok"));
            } finally {
                running.destroy();
                assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /// What compares, and has nothing to show for a server that is well, may be empty; everything else has a value.
    private void assertResolves(String query) throws Exception {
        JsonNode answer = query(query);
        assertThat(answer.path("status").asText()).as(query + " " + answer).isEqualTo("success");
        if (!query.endsWith("> 0")) {
            assertThat(answer.at("/data/result")).as(query).isNotEmpty();
        }
    }

    private Process start(Tool prometheus, Path folder, int target) throws IOException {
        String config = Deployed.read(Deployed.MONITORING.resolve("prometheus.yml"))
                .replace("127.0.0.1:9464", "127.0.0.1:" + target)
                .replace("interval: 15s", "interval: 1s")
                .replace("scrape_timeout: 5s", "scrape_timeout: 1s");
        Files.writeString(folder.resolve("prometheus.yml"), config);
        Files.copy(Deployed.MONITORING.resolve("parley-alerts.yml"), folder.resolve("parley-alerts.yml"));
        return new ProcessBuilder(
                        prometheus.program(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private void awaitTwoScrapes() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SCRAPED_WITHIN_S);
        while (System.nanoTime() < deadline) {
            try {
                JsonNode scrapes = query("count_over_time(parley_rooms[1m])").at("/data/result/0/value/1");
                if (scrapes.asInt() >= 3) {
                    return;
                }
            } catch (ConnectException _) {
                // still starting
            }
            Thread.sleep(200);
        }
        throw new AssertionError("not scraped within " + SCRAPED_WITHIN_S + " s");
    }

    private JsonNode query(String query) throws Exception {
        return get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return JsonMapper.builder()
                .build()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
