package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.RawWebSocket;
import dev.parley.signaling.testing.ServerProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole life of a real process: what it tells operators and people when it is stopped, and what it has logged.
class StopTest {
    private static final String UFRAG = "uFr4";
    private static final String PASSWORD = "pAssw0rdOfTheClientSide";
    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 192.0.2.77",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=candidate:1 1 udp 1 192.0.2.78 50000 typ host",
            "a=mid:0",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=ice-ufrag:" + UFRAG,
            "a=ice-pwd:" + PASSWORD,
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=rtpmap:111 opus/48000/2",
            "");

    @TempDir
    private Path data;

    @Test
    void tellsOperatorsAtOnceAndPeopleWhenToComeBackAndIsGoneInFiveSeconds() throws Exception {
        try (ServerProcess server = ServerProcess.start(data);
                RawWebSocket alice = RawWebSocket.open(server.port("http"))) {
            assertThat(readiness(server)).isEqualTo("200");
            JsonNode joined = alice.join("staff-meeting", "alice", OFFER);
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
                    .doesNotContain("staff-meeting", "alice", UFRAG, PASSWORD, "AB:AB", "192.0.2.", "m=audio")
                    .doesNotContain(joined.path("resume").asText(), "ERROR")
                    .doesNotContainPattern(Pattern.compile("a=(candidate|ice-)"));
        }
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
