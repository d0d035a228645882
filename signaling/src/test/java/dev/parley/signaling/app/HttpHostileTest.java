package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests that two programs would read in two ways, that do not end, or that come too often.
class HttpHostileTest extends AgainstOneServer {
    private static final int JOINS = Boolean.getBoolean("parley.long") ? 10_000 : 2_000;
    private static final String GET = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    private static final String POST =
            "POST /whip/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sdp\r\n";

    private String answer(String request) {
        try (RawConnection connection = new RawConnection(server.http())) {
            connection.send(request);
            return connection.readToEnd();
        } catch (UncheckedIOException e) {
            return "still open";
        }
    }

    private static String many(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append('a').append(i).append(":b\r\n");
        }
        return fields.toString();
    }

    @Test
    @DisplayName("hostile F10 fields and bodies without measure are refused and the connection closed")
    void hostile_F10_withoutMeasure() {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("1,000 short fields", GET + many(1_000) + "\r\n");
        requests.put(
                "a chunk extension of 1 MB",
                POST + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(1_000_000) + "\r\n0\r\n\r\n");
        requests.put(
                "1 MB in chunks",
                POST + "Transfer-Encoding: chunked\r\n\r\n" + ("1000\r\n" + "x".repeat(4_096) + "\r\n").repeat(256)
                        + "0\r\n\r\n");
        requests.put("trailers of 1 MB", POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + many(100_000) + "\r\n");
        requests.forEach((what, request) -> assertThat(answer(request))
                .as(what)
                .matches("(?s)HTTP/1.1 4(00|13|14|31) .*\"type\":\"urn:parley:problem:.*"));
    }

    @Test
    @DisplayName("hostile F10 bodies that can be read in two ways are refused and the connection closed")
    void hostile_F10_ambiguousBodies() {
        String hidden = "GET /api/v1/rooms/demo/participants HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("one length twice", POST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + hidden);
        requests.put("another coding", POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden);
        requests.put(
                "a chunk's length with a sign",
                POST + "Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n" + hidden);
        requests.put(
                "a chunk longer than it says",
                POST + "Transfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n0\r\n\r\n" + hidden);
        requests.forEach((what, request) -> {
            String answer = answer(request);
            assertThat(answer).as(what).startsWith("HTTP/1.1 400 ");
            assertThat(answer.split("HTTP/1.1 ", -1)).as(what + ": one answer").hasSize(2);
        });
    }

    @Test
    @DisplayName("hostile E08 joins that come to nothing are slowed down, others are not")
    void hostile_E08_failedJoins() {
        int slowed = 0;
        try (RawConnection flood = new RawConnection("127.0.0.3", server.http())) {
            for (int i = 0; i < JOINS; i++) {
                flood.send(POST + "Content-Length: 1\r\n\r\nx");
                String answer = flood.readResponse();
                if (answer.startsWith("HTTP/1.1 429 ")) {
                    assertThat(answer).containsIgnoringCase("retry-after: 1").contains("urn:parley:problem:slow_down");
                    slowed++;
                } else {
                    assertThat(answer).startsWith("HTTP/1.1 400 ");
                }
            }
        }
        assertThat(slowed).isGreaterThan(JOINS / 4);
        try (RawConnection other = new RawConnection("127.0.0.4", server.http())) {
            assertThat(join("failing", other)).startsWith("HTTP/1.1 201 ");
        }
        assertThat(server.figure("parley_limit_hits_total{limit=\"join_attempts\"}"))
                .isEqualTo(slowed);
    }

    @Test
    @DisplayName("hostile E08 people who come and go at once are all served and leave nothing")
    void hostile_E08_comingAndGoing() {
        try (RawConnection person = new RawConnection("127.0.0.5", server.http())) {
            for (int i = 0; i < JOINS; i++) {
                String made = join("coming", person);
                assertThat(made).startsWith("HTTP/1.1 201 ");
                int at = made.toLowerCase(Locale.ROOT).indexOf("location: ") + 10;
                person.send("DELETE " + made.substring(at, made.indexOf('\r', at))
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                assertThat(person.readResponse()).startsWith("HTTP/1.1 200 ");
            }
            person.send("GET /api/v1/rooms/coming/participants HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assertThat(person.readResponse()).endsWith("\"participants\":[]}");
        }
    }

    private static String join(String room, RawConnection person) {
        person.send(
                POST.replace("demo", room) + "Content-Length: " + FakeSfu.OFFER.length() + "\r\n\r\n" + FakeSfu.OFFER);
        return person.readResponse();
    }

    @Test
    void aServerThatStopsTakesNobodyIn(@TempDir Path data) throws StartException, IOException {
        try (TestServer stopping = TestServer.start(data);
                RawConnection person = new RawConnection(stopping.http())) {
            assertThat(join("stopping", person)).startsWith("HTTP/1.1 201 ");
            Thread.ofVirtual().start(stopping::close);
            String answer = join("stopping", person);
            while (answer.startsWith("HTTP/1.1 201 ")) {
                answer = join("stopping", person);
            }
            assertThat(answer)
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("retry-after: 5")
                    .contains("urn:parley:problem:draining");
        }
    }
}
