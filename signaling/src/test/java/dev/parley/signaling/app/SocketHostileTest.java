package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.RawConnection;
import dev.parley.signaling.testing.RawWebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the WebSocket survives. Beside each row somebody else is in a call and must not notice.
class SocketHostileTest extends AgainstOneServer {
    private static final int FIN = RawWebSocket.FIN;
    private static final int TEXT = RawWebSocket.TEXT;

    private RawWebSocket bystander;

    @BeforeEach
    void someoneIsInACall() {
        bystander = RawWebSocket.open("127.0.0.2", server.http());
        assertThat(bystander.join("elsewhere", "bob").path("type").asText()).isEqualTo("joined");
    }

    @AfterEach
    void andNoticesNothing() {
        bystander.text("{\"type\":\"ping\",\"id\":77}");
        JsonNode next = bystander.message();
        assertThat(next.path("type").asText()).isEqualTo("done");
        assertThat(next.path("re").asInt()).isEqualTo(77);
        bystander.text("{\"type\":\"leave\",\"id\":78}");
        assertThat(bystander.closeCode()).isEqualTo(1000);
        bystander.close();
    }

    private String upgrade(String headers) {
        try (RawConnection connection = new RawConnection(server.http())) {
            connection.send(RawWebSocket.handshake(server.http(), headers));
            return connection.readResponse();
        }
    }

    private RawWebSocket open() {
        return RawWebSocket.open(server.http());
    }

    private RawWebSocket joined(String room, String name) {
        RawWebSocket socket = open();
        assertThat(socket.join(room, name).path("type").asText()).isEqualTo("joined");
        return socket;
    }

    @Test
    @DisplayName("hostile E01 pages from elsewhere are refused before the upgrade")
    void hostile_E01_foreignOrigins() {
        String own = "http://127.0.0.1:" + server.http();
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "",
                "https://127.0.0.1:" + server.http(),
                "http://127.0.0.1",
                own + ".evil.example",
                own + "@evil.example",
                own + "/",
                "http://127.0.0.1.evil.example:" + server.http(),
                "http://localhost:" + server.http(),
                own + "\r\nOrigin: http://evil.example")) {
            assertThat(upgrade("Origin: " + origin + "\r\n")).as(origin).startsWith("HTTP/1.1 403");
        }
        assertThat(upgrade("")).startsWith("HTTP/1.1 403");
        assertThat(upgrade("Cookie: session=1\r\n")).startsWith("HTTP/1.1 403").contains("forbidden_origin");
        assertThat(upgrade("Authorization: Basic YTpi\r\n")).startsWith("HTTP/1.1 403");
        assertThat(upgrade("Authorization: Bearer x\r\nOrigin: http://evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(upgrade("Authorization: Bearer x\r\n")).startsWith("HTTP/1.1 101");
        assertThat(upgrade("Origin: " + own + "\r\n"))
                .startsWith("HTTP/1.1 101")
                .containsIgnoringCase("sec-websocket-protocol: parley.v1");
    }

    @Test
    @DisplayName("hostile E02 broken frames are closed when their header is there")
    void hostile_E02_brokenFrames() {
        byte[] mask = new byte[4];
        expectClose(1002, bytes(FIN | 0x40 | TEXT, 0x80), mask); // a reserved bit
        expectClose(1002, bytes(FIN | 3, 0x80), mask); // a reserved opcode
        expectClose(1002, bytes(FIN | TEXT, 2, 'h', 'i')); // unmasked
        expectClose(1002, bytes(FIN | RawWebSocket.PING, 0x80 | 126, 0, 126)); // a long control frame
        expectClose(1002, bytes(RawWebSocket.PING, 0x80), mask); // a fragmented control frame
        expectClose(1002, bytes(FIN | RawWebSocket.CONTINUATION, 0x80), mask); // continues nothing
        expectClose(
                1009,
                bytes(FIN | TEXT, 0x80 | 127),
                ByteBuffer.allocate(8).putLong(1L << 62).array(),
                mask);
        expectClose(
                1009,
                bytes(FIN | TEXT, 0x80 | 127),
                ByteBuffer.allocate(8).putLong(320 * 1024 + 1).array(),
                mask);
        expectClose(
                1002,
                bytes(FIN | TEXT, 0x80 | 127),
                ByteBuffer.allocate(8).putLong(-1).array(),
                mask);
        expectClose(1002, bytes(FIN | RawWebSocket.CLOSE, 0x81), mask, bytes(3)); // a close code of one byte
        expectClose(1002, bytes(FIN | RawWebSocket.CLOSE, 0x82), mask, bytes(0x03, 0xED)); // 1005 is never sent
        expectClose(1003, bytes(FIN | 2, 0x80), mask); // binary
    }

    private void expectClose(int code, byte[]... pieces) {
        try (RawWebSocket socket = open()) {
            for (byte[] piece : pieces) {
                socket.send(piece);
            }
            assertThat(socket.closeCode()).as(Arrays.deepToString(pieces)).isEqualTo(code);
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    @DisplayName("hostile E03 what is no text is closed with 1007")
    void hostile_E03_noText() {
        expectClose(1007, bytes(FIN | TEXT, 0x82, 0, 0, 0, 0, 0xC3, 0x28));
        expectClose(1007, bytes(FIN | TEXT, 0x83, 0, 0, 0, 0, 0xED, 0xA0, 0x80)); // a surrogate as UTF-8
        expectClose(1007, bytes(TEXT, 0x81, 0, 0, 0, 0, 0xC3), bytes(FIN, 0x81, 0, 0, 0, 0, 0x28)); // split
        expectClose(1007, bytes(FIN | TEXT, 0x81, 0, 0, 0, 0, 0)); // NUL
        for (String escape : List.of("\\ud800", "\\udc00\\ud800", "a\\u0000b")) {
            try (RawWebSocket socket = open()) {
                socket.text("{\"type\":\"join\",\"id\":1,\"name\":\"" + escape + "\"}");
                assertThat(socket.closeCode()).as(escape).isEqualTo(1007);
            }
        }
        try (RawWebSocket socket = open()) { // a character that is split is whole again
            byte[] text = RawWebSocket.joinText("demo", "\u00e9lise").getBytes(StandardCharsets.UTF_8);
            int middle =
                    Arrays.mismatch(text, RawWebSocket.joinText("demo", "x").getBytes(StandardCharsets.UTF_8)) + 1;
            socket.frame(TEXT, Arrays.copyOf(text, middle));
            socket.frame(FIN | RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, middle, text.length));
            assertThat(socket.message().path("type").asText()).isEqualTo("joined");
        }
    }

    @Test
    @DisplayName("hostile E04 messages without end are closed with 1009")
    void hostile_E04_endlessMessages() {
        try (RawWebSocket socket = open()) { // one-byte fragments
            boolean open = socket.frame(TEXT, bytes('{'));
            for (int i = 0; i < 1_000_000 && open; i++) {
                open = socket.frame(RawWebSocket.CONTINUATION, bytes(' ')) && i < 1_000;
            }
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        try (RawWebSocket socket = open()) { // empty fragments
            socket.frame(TEXT, new byte[0]);
            for (int i = 0; i < 300; i++) {
                socket.frame(RawWebSocket.CONTINUATION, new byte[0]);
            }
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        assertThat(sizeLimit("{\"type\":\"view\",\"id\":1,\"x\":\"", 64 * 1024 + 1))
                .isEqualTo(1009);
        assertThat(sizeLimit("{\"type\":\"view\",\"offer\":\"", 64 * 1024 + 1)).isEqualTo(1009);
        assertThat(sizeLimit("{\"type\":\"join\",\"id\":1,\"x\":\"", 64 * 1024 + 1))
                .isEqualTo(1009);
        assertThat(sizeLimit("{\"type\":\"join\",\"id\":1,\"offer\":\"", 320 * 1024 + 1))
                .isEqualTo(1009);
        String large = "{\"offer\":\"v=0" + "x".repeat(300_000) + "\",\"type\":\"join\",\"id\":1,\"v\":1,"
                + "\"room\":\"demo\",\"name\":\"large\"}";
        try (RawWebSocket socket = open()) { // an SDP may be large
            socket.text(large);
            assertThat(socket.message().path("type").asText()).isEqualTo("joined");
        }
    }

    private int sizeLimit(String beginning, int total) {
        try (RawWebSocket socket = open()) {
            byte[] text = (beginning + "x".repeat(total - beginning.length())).getBytes(StandardCharsets.US_ASCII);
            int half = text.length / 2;
            socket.frame(TEXT, Arrays.copyOf(text, half));
            socket.frame(FIN | RawWebSocket.CONTINUATION, Arrays.copyOfRange(text, half, text.length));
            return socket.closeCode();
        }
    }

    @Test
    @DisplayName("hostile E05 compression is never negotiated")
    void hostile_E05_noCompression() {
        String own = "Origin: http://127.0.0.1:" + server.http() + "\r\n";
        String answer = upgrade(own + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
        assertThat(answer).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        expectClose(1002, bytes(FIN | 0x40 | TEXT, 0x81, 0, 0, 0, 0, 0)); // a compressed frame all the same
    }

    @Test
    @DisplayName("hostile E09 offers that cannot be served are refused with their reason")
    void hostile_E09_badOffers() {
        int count = 0;
        for (String sdp : List.of("", "x", "\\r\\r\\r", "m=audio", "v=1")) {
            String name = "carol " + ++count;
            try (RawWebSocket socket = open()) {
                socket.text(RawWebSocket.joinText("demo", name).replace("v=0\\r\\n", sdp));
                JsonNode error = socket.message();
                assertThat(error.path("code").asText()).as(sdp).isEqualTo("bad_sdp");
                assertThat(error.path("detail").asText()).contains("line 1");
                assertThat(socket.join("demo", name).path("type").asText()).isEqualTo("joined");
            }
        }
    }

    @Test
    @DisplayName("hostile E11 messages out of order are errors to their sender")
    void hostile_E11_outOfOrder() {
        try (RawWebSocket alice = joined("order", "alice");
                RawWebSocket early = open()) {
            early.text("{\"type\":\"offer\",\"id\":5,\"offer\":\"v=0\"}");
            JsonNode refused = early.message();
            assertThat(refused.path("code").asText()).isEqualTo("bad_message");
            assertThat(refused.path("re").asInt()).isEqualTo(5);

            assertThat(alice.join("other", "alice").path("detail").asText()).contains("joined already");
            assertThat(TestServer.get(server.http(), "/api/v1/rooms/other/participants"))
                    .contains("\"participants\":[]");

            alice.text("{\"type\":\"view\",\"id\":2,\"tiles\":[{\"participant\":\"p_nobody\",\"source\":\"camera\","
                    + "\"width\":1,\"height\":1}]}");
            assertThat(alice.message().path("re").asInt()).isEqualTo(2);
            alice.text("{\"type\":\"answer\",\"id\":3,\"answer\":\"v=0\"}");
            assertThat(alice.message().path("detail").asText()).contains("type");
            for (int i = 0; i < 50; i++) {
                alice.text("{\"type\":\"offer\",\"id\":" + (100 + i) + ",\"offer\":\"v=0\"}");
            }
            for (int i = 0; i < 50; i++) {
                assertThat(alice.message().path("re").asInt()).isBetween(100, 149);
            }
            alice.text("{\"type\":\"leave\",\"id\":4}");
            alice.text("{\"type\":\"leave\",\"id\":5}");
            assertThat(alice.message().path("type").asText()).isEqualTo("done");
            assertThat(alice.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    @DisplayName("hostile E12 JSON that can be read in two ways, or not at all, is refused")
    void hostile_E12_json() {
        for (String text : List.of(
                "[".repeat(60_000),
                "{\"a\":".repeat(10_000),
                "{\"type\":\"ping\",\"type\":\"ping\",\"id\":1}",
                "{\"type\":\"ping\",\"id\":" + "9".repeat(60_000) + "}",
                "\ufeff{\"type\":\"ping\",\"id\":1}",
                "{\"type\":\"ping\",\"id\":1} x",
                "{\"type\":\"ping\",\"id\":1}{}",
                "{'type':'ping','id':1}",
                "{\"type\":\"ping\",\"id\":1,}",
                "{\"type\":\"ping\",\"id\":NaN}",
                "[]",
                "1",
                "",
                "null")) {
            try (RawWebSocket socket = open()) {
                socket.text(text);
                assertThat(socket.message().path("code").asText()).isEqualTo("bad_message");
                assertThat(socket.closeCode()).isEqualTo(4400);
            }
        }
        try (RawWebSocket socket = open()) {
            for (String[] wrong : new String[][] {
                {"{\"type\":\"join\",\"id\":1,\"v\":\"1\",\"room\":\"demo\",\"name\":\"a\",\"offer\":\"v=0\"}", "v"},
                {"{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":5,\"name\":\"a\",\"offer\":\"v=0\"}", "room"},
                {"{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"demo\",\"name\":{},\"offer\":\"v=0\"}", "name"},
                {"{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"demo\",\"name\":\"a\"}", "offer"},
                {"{\"type\":\"join\",\"id\":1,\"v\":1,\"name\":\"a\",\"offer\":\"v=0\"}", "room"},
                {"{\"type\":\"join\",\"id\":1.5,\"v\":1}", "id"},
                {"{\"type\":\"mute\",\"id\":1,\"source\":\"camera\",\"muted\":1}", "muted"},
                {
                    "{\"type\":\"view\",\"id\":1,\"tiles\":[{\"participant\":\"p\",\"source\":\"camera\",\"width\":-1,"
                            + "\"height\":1}]}",
                    "tiles"
                },
                {"{\"type\":\"nothing\",\"id\":1}", "type"},
                {"{\"id\":1}", "type"},
                {"{}", "id"}
            }) {
                socket.text(wrong[0]);
                JsonNode error = socket.message();
                assertThat(error.path("code").asText()).as(wrong[0]).isEqualTo("bad_message");
                assertThat(error.path("detail").asText()).as(wrong[0]).contains(wrong[1]);
            }
            socket.text("{\"type\":\"join\",\"id\":1,\"v\":2,\"other\":true}");
            assertThat(socket.message().path("code").asText()).isEqualTo("upgrade_required");
            socket.text("{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"demo\",\"name\":\"p\",\"offer\":\"v=0\","
                    + "\"__proto__\":{\"admin\":true},\"constructor\":1}");
            assertThat(socket.message().path("type").asText()).isEqualTo("joined");
        }
    }
}
