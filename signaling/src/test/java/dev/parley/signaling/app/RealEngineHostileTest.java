package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.sfu.server.SfuServer;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Offers that mean harm, through the socket to the real engine.
@TestInstance(Lifecycle.PER_CLASS)
class RealEngineHostileTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            "a=mid:0",
            "a=sendrecv",
            "a=rtcp-mux",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789012345678901",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=rtpmap:111 opus/48000/2",
            "");

    private Server server;

    @BeforeAll
    void start(@TempDir Path data) throws StartException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        server = Objects.requireNonNull(
                new Launch((config, _) -> SfuServer.start(config)).run(TestServer.arguments(data), Map.of(), nowhere));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode join(String name, String offer) throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(
                URI.create(String.valueOf(server.ready().http())).getPort())) {
            Map<String, Object> join = new LinkedHashMap<>();
            join.put("type", "join");
            join.put("id", 1);
            join.put("v", 1);
            join.put("room", "demo");
            join.put("name", name);
            join.put("offer", offer);
            socket.text(JSON.writeValueAsString(join));
            JsonNode answer = socket.message();
            if (answer.path("type").asText().equals("joined")) {
                socket.text("{\"type\":\"leave\",\"id\":2}");
                assertThat(socket.closeCode()).isEqualTo(1000);
            }
            return answer;
        }
    }

    @Test
    @DisplayName("hostile E09 offers without measure are refused with their reason")
    void hostile_E09_offersWithoutMeasure() throws IOException {
        assertThat(join("alice", OFFER).path("answer").asText()).startsWith("v=0");
        String section = OFFER.substring(OFFER.indexOf("m=audio"));
        Map<String, String> offers = Map.of(
                "300 KB", OFFER + "a=x:" + "x".repeat(300_000) + "\r\n",
                "a line of 200 KB", OFFER + "a=x:" + "x".repeat(200_000) + "\r\n",
                "500 sections", OFFER + section.repeat(500),
                "3,000 candidates", OFFER + "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n".repeat(3_000),
                "1,000 rids", OFFER + "a=rid:x send\r\n".repeat(1_000),
                "CR alone", OFFER.replace("\r\n", "\r"),
                "nothing", "");
        for (Map.Entry<String, String> offer : offers.entrySet()) {
            JsonNode error = join("bob", offer.getValue());
            assertThat(error.path("code").asText()).as(offer.getKey()).isIn("bad_sdp", "bundle_required");
            assertThat(error.path("detail").asText()).as(offer.getKey()).isNotBlank();
        }
        assertThat(join("bob", OFFER).path("type").asText()).isEqualTo("joined");
    }

    @Test
    @DisplayName("hostile E10 candidates make the server send nothing and ask nobody")
    void hostile_E10_candidates() throws IOException {
        try (DatagramSocket target = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            StringBuilder offer = new StringBuilder(OFFER);
            for (String at : new String[] {
                "127.0.0.1 " + target.getLocalPort(),
                "0e7d9a2b-0000-4000-8000-000000000000.local 9",
                "call.example.org " + target.getLocalPort(),
                "192.0.2.66 22",
                "127.0.0.1 0",
                "224.0.0.1 5353",
                "255.255.255.255 9",
                "169.254.169.254 80",
                "::1 " + target.getLocalPort()
            }) {
                offer.append("a=candidate:1 1 udp 2130706431 ").append(at).append(" typ host\r\n");
            }
            assertThat(join("carol", offer.toString()).path("type").asText()).isEqualTo("joined");
            target.setSoTimeout(1_500);
            assertThatThrownBy(() -> target.receive(new DatagramPacket(new byte[2048], 2048)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
