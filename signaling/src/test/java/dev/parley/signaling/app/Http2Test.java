package dev.parley.signaling.app;

import static dev.parley.signaling.testing.RawHttp2.CONTINUATION;
import static dev.parley.signaling.testing.RawHttp2.DATA;
import static dev.parley.signaling.testing.RawHttp2.END_HEADERS;
import static dev.parley.signaling.testing.RawHttp2.END_STREAM;
import static dev.parley.signaling.testing.RawHttp2.HEADERS;
import static dev.parley.signaling.testing.RawHttp2.PING;
import static dev.parley.signaling.testing.RawHttp2.RST_STREAM;
import static dev.parley.signaling.testing.RawHttp2.SETTINGS;
import static dev.parley.signaling.testing.RawHttp2.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.RawHttp2;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Http2Test extends AgainstOneServer {
    private static final int NO_ERROR = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int ENHANCE_YOUR_CALM = 11;

    @AfterEach
    void othersNoticeNothing() {
        assertThat(TestServer.get(server.http(), "/api/v1/openapi.json")).startsWith("HTTP/1.1 200");
    }

    private RawHttp2 connect() {
        return new RawHttp2(server.port()).begin();
    }

    private static String body(RawHttp2 connection, byte[] request, int stream) {
        connection.frame(HEADERS, END_HEADERS | END_STREAM, stream, request);
        RawHttp2.Frame head = connection.next(HEADERS);
        assertThat(head.stream()).isEqualTo(stream);
        return new String(connection.next(DATA).payload(), StandardCharsets.UTF_8);
    }

    @Test
    void answersSeveralRequestsOnOneConnection() {
        try (RawHttp2 connection = connect()) {
            assertThat(connection.protocol()).isEqualTo("h2");
            assertThat(body(connection, RawHttp2.get("/api/v1/openapi.json"), 1))
                    .contains("openapi");
            assertThat(body(connection, RawHttp2.get("/api/v1/rooms/demo/participants"), 3))
                    .contains("participants");
            assertThat(body(connection, RawHttp2.get("/nothing"), 5)).contains("not_found");
        }
    }

    /// Browsers open one more connection for it, with HTTP/1.1.
    @Test
    void aWebSocketIsNotForHttp2() {
        try (RawHttp2 connection = connect()) {
            assertThat(body(connection, RawHttp2.get("/ws"), 1)).contains("urn:parley:problem:");
        }
    }

    @Test
    void theAuthorityIsTheHost() {
        try (RawHttp2 connection = connect()) {
            byte[] request = RawHttp2.headers(
                    ":method", "GET", ":scheme", "https", ":authority", "evil.example/", ":path", "/r/demo");
            assertThat(body(connection, request, 1)).contains("bad_host");
        }
    }

    @Test
    void closesAConnectionOnWhichNothingIsAsked() {
        double before = limit("slow_request");
        try (RawHttp2 connection = connect()) {
            assertThat(connection.goAway()).isEqualTo(NO_ERROR);
        }
        assertThat(limit("slow_request")).isEqualTo(before + 1);
    }

    @Test
    @DisplayName("hostile F11 streams that are opened and reset at once end the connection")
    void hostile_F11_rapidReset() {
        flood(
                ENHANCE_YOUR_CALM,
                10_000,
                (connection, i) -> connection.frame(
                                HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, RawHttp2.get("/api/v1/openapi.json"))
                        && connection.frame(RST_STREAM, 0, 2 * i + 1, (byte) 0, (byte) 0, (byte) 0, (byte) 8));
    }

    @Test
    @DisplayName("hostile F11 streams that we are made to reset end the connection")
    void hostile_F11_madeYouReset() {
        flood(
                ENHANCE_YOUR_CALM,
                10_000,
                (connection, i) ->
                        connection.frame(HEADERS, END_HEADERS, 2 * i + 1, RawHttp2.get("/api/v1/openapi.json"))
                                && connection.frame(WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]));
    }

    @Test
    @DisplayName("hostile F11 header blocks without end are cut off")
    void hostile_F11_continuationFlood() {
        for (int size : new int[] {1, 1024, 16_000}) {
            byte[] piece = RawHttp2.headers("x-" + "y".repeat(Math.max(1, size - 8)), "z");
            flood(
                    code -> code != NO_ERROR,
                    100_000,
                    (connection, i) -> i == 0
                            ? connection.frame(HEADERS, END_STREAM, 1, RawHttp2.get("/"))
                            : connection.frame(CONTINUATION, 0, 1, piece));
        }
    }

    @Test
    @DisplayName("hostile F11 frames that ask for nothing but an acknowledgement end the connection")
    void hostile_F11_pingAndSettingsFlood() {
        flood(code -> true, 2_000_000, (connection, i) -> connection.frame(PING, 0, 0, new byte[8]));
        flood(code -> true, 2_000_000, (connection, i) -> connection.frame(SETTINGS, 0, 0));
    }

    @Test
    @DisplayName("hostile F11 what is no HTTP/2 is answered with GOAWAY")
    void hostile_F11_broken() {
        flood(PROTOCOL_ERROR, 1, (connection, i) -> connection.frame(DATA, 0, 1, new byte[10]));
        flood(PROTOCOL_ERROR, 1, (connection, i) -> connection.frame(HEADERS, END_HEADERS, 2, RawHttp2.get("/")));
        flood(PROTOCOL_ERROR, 1, (connection, i) -> connection.frame(CONTINUATION, END_HEADERS, 1));
        try (RawHttp2 connection = connect()) { // more streams at once than were allowed: refused, not broken
            for (int i = 0; i <= 2 * 64; i++) {
                connection.frame(HEADERS, END_HEADERS, 2 * i + 1, RawHttp2.get("/"));
            }
            assertThat(connection.next(RST_STREAM).stream()).isEqualTo(2 * 64 + 1);
        }
    }

    private interface Sender {
        /// False when the server has closed.
        boolean send(RawHttp2 connection, int i);
    }

    private void flood(int code, int frames, Sender sender) {
        flood(seen -> seen == code, frames, sender);
    }

    private void flood(IntPredicate code, int frames, Sender sender) {
        double before = ended();
        try (RawHttp2 connection = connect()) {
            for (int i = 0; i < frames && sender.send(connection, i); i++) {
                // as long as the server listens
            }
            int seen = connection.goAway();
            assertThat(code.test(seen) || seen == -1).as("GOAWAY %d", seen).isTrue();
        }
        assertThat(ended()).isEqualTo(before + 1);
    }

    /// Connections that were ended for what they sent, or for asking nothing.
    private double ended() {
        return limit("broken_http2") + limit("slow_request");
    }

    private double limit(String name) {
        return server.figure("parley_limit_hits_total{limit=\"" + name + "\"}");
    }
}
