package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.server.MicrometerExport;
import dev.parley.sfu.server.SfuServer;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The figures are an API: their names, types, help texts and labels. Those of a real engine, with rooms whose people
/// connect at once.
@TestInstance(Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Path OPERATIONS = Path.of(System.getProperty("parley.root", ".."), "docs", "operations.md");
    private static final int ROOMS = 1_000;
    private static final int SERIES_MAX = 2_000;

    private final List<SfuServer> engines = new ArrayList<>();
    private Server server;

    @BeforeAll
    void start(@TempDir Path data) throws StartException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Engine both = (config, registry) -> {
            SfuServer engine = SfuServer.start(config);
            engines.add(engine);
            MicrometerExport.bind(engine, registry);
            return new FakeSfu(engine.info().udpPort()).connectingAtOnce();
        };
        server = Objects.requireNonNull(new Launch(both).run(TestServer.arguments(data), Map.of(), nowhere));
    }

    @AfterAll
    void stop() {
        server.close();
        engines.forEach(SfuServer::close);
    }

    private String scrape() {
        int port = URI.create(server.ready().management()).getPort();
        String response = TestServer.get(port, "/metrics");
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    private List<String> series() {
        return scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }

    @Test
    void namesTypesAndHelpTextsAreTheseOnes() throws IOException {
        List<String> now =
                scrape().lines().filter(line -> line.startsWith("#")).sorted().toList();
        try (var file = Objects.requireNonNull(MetricsTest.class.getResourceAsStream("/metrics.txt"))) {
            assertThat(String.join("\n", now) + "\n")
                    .isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theOperatorsBookNamesEachOfThem() throws IOException {
        String book = Files.readString(OPERATIONS);
        List<String> names = scrape().lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(names).isNotEmpty().allMatch(name -> name.startsWith("parley_"));
        assertThat(names.stream()
                        .map(name -> "`" + name.substring("parley_".length()).replaceFirst("_max$", ""))
                        .filter(name -> !book.contains(name)))
                .isEmpty();
    }

    @Test
    void theseLabelsAndNoOthers() {
        assertThat(series().stream()
                        .flatMap(line ->
                                Pattern.compile("[{,]([a-z_]+)=").matcher(line).results())
                        .map(match -> match.group(1))
                        .distinct())
                .isNotEmpty()
                .isSubsetOf(
                        "area",
                        "below",
                        "direction",
                        "kind",
                        "le",
                        "limit",
                        "loop",
                        "path",
                        "reason",
                        "result",
                        "rung",
                        "version",
                        "via",
                        "way")
                .doesNotContain("room", "name", "address");
    }

    @Test
    void aThousandRoomsMakeNoMoreSeries() throws IOException {
        int http = URI.create(String.valueOf(server.ready().http())).getPort();
        List<RawWebSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < ROOMS; i++) {
                RawWebSocket socket = RawWebSocket.open(http);
                sockets.add(socket);
                assertThat(socket.join("secret-room-" + i, "alice-" + i)
                                .path("type")
                                .asText())
                        .isEqualTo("joined");
            }
            assertThat(series()).contains("parley_rooms " + (double) ROOMS).hasSizeLessThan(SERIES_MAX);
            assertThat(scrape()).doesNotContain("secret-room", "alice", "127.0.0.1");
        } finally {
            sockets.forEach(RawWebSocket::close);
        }
    }
}
