package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.Offers;
import dev.parley.signaling.testing.RawWebSocket;
import dev.parley.signaling.testing.ServerProcess;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole life of a real process: what it tells operators and people when it is stopped, and what it has logged.
class StopTest {
    @TempDir
    private Path data;

    @Test
    void tellsOperatorsAtOnceAndPeopleWhenToComeBackAndIsGoneInFiveSeconds() throws Exception {
        try (ServerProcess server = ServerProcess.start(data);
                RawWebSocket alice = RawWebSocket.open(server.port("http"))) {
            assertThat(readiness(server)).isEqualTo("200");
            JsonNode joined = alice.join("staff-meeting", "alice", Offers.MICROPHONE);
            assertThat(joined.path("type").asText()).isEqualTo("joined");

            long stoppedNs = System.nanoTime();
            server.stop();
            List<String> said = new ArrayList<>();
            while (server.alive()) {
                said.add(readiness(server));
            }
            assertThat(server.exitCodeWithin(5)).isZero();
            assertThat(System.nanoTime() - stoppedNs).isLessThan(5_000_000_000L);
            assertThat(said.stream().filter(code -> !code.equals("200"))).startsWith("503");
            assertThat(said.subList(said.indexOf("503"), said.size())).doesNotContain("200");
            JsonNode moved = alice.message("moved");
            assertThat(moved.path("reason").asText()).isEqualTo("draining");
            assertThat(moved.path("comeBackMs").asInt()).isBetween(500, 10_000);
            assertThat(alice.closeCode()).isEqualTo(1001);

            String id = joined.path("participant").asText();
            assertThat(server.log().lines().filter(line -> line.contains(id)))
                    .hasSize(2)
                    .anyMatch(line -> line.endsWith("joined " + id + " speaker via web"))
                    .anyMatch(line -> line.matches(".* left " + id + " after \\d+ s: draining"));
            assertThat(server.log())
                    .doesNotContain(
                            "staff-meeting", "alice", Offers.UFRAG, Offers.PASSWORD, "AB:AB", "192.0.2.", "m=audio")
                    .doesNotContain(joined.path("resume").asText(), "ERROR", "SLF4J")
                    .doesNotContainPattern(Pattern.compile("a=(candidate|ice-)"));
        }
    }

    /// @param sign what a start leaves in its data folder at the moment to stop it at
    @ParameterizedTest
    @ValueSource(strings = {"", "tls/cert.pem"})
    void aStartMayBeStoppedBeforeItIsReady(String sign) throws Exception {
        Path folder = data.resolve("made-by-the-start");
        Process starting = ServerProcess.command(List.of(), folder)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("said").toFile())
                .start();
        try {
            while (!Files.exists(folder.resolve(sign))) {
                assertThat(starting.isAlive()).isTrue();
                Thread.sleep(1);
            }
            assertThat(Files.readString(data.resolve("said"))).doesNotContain("READY");
            starting.destroy();
            assertThat(starting.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(starting.exitValue()).isZero();
            assertThat(Files.readString(data.resolve("said"))).doesNotContain("ERROR", "Exception");
        } finally {
            starting.destroyForcibly();
        }
        try (ServerProcess next = ServerProcess.start(folder)) { // what a cut-off start leaves is no obstacle
            next.stop();
            assertThat(next.exitCodeWithin(5)).isZero();
        }
    }

    @Test
    void aStartThatCannotBeSaysSoInItsExitCode() throws Exception {
        Process starting = ServerProcess.command(List.of(), data, "--transport=carrier-pigeon")
                .redirectErrorStream(true)
                .start();
        String said = new String(starting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(starting.waitFor()).isEqualTo(2);
        assertThat(said).startsWith("parley: ").contains("carrier-pigeon");
    }

    /// The status, or `gone` when nobody answers.
    private static String readiness(ServerProcess server) {
        try {
            String response = TestServer.get(server.port("management"), "/readyz");
            return response.isEmpty() ? "gone" : response.substring(9, 12);
        } catch (UncheckedIOException | AssertionError e) {
            return "gone";
        }
    }
}
