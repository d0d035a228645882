package dev.parley.conformance;

import static dev.parley.conformance.Listener.assertProblem;
import static dev.parley.conformance.Listener.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a publisher's session, RFC 9725 and docs/protocol.md.
@ParameterizedClass
@ValueSource(strings = {"http", "https", "h2"})
class WhipTest {
    private final String scheme;
    private final Listener listener;

    WhipTest(String scheme) {
        this.scheme = scheme;
        this.listener = new Listener(scheme);
    }

    private String room() {
        return "/whip/life-" + scheme;
    }

    private static final String RESTART = "a=ice-ufrag:efgh\r\na=ice-pwd:lkjihgfedcba9876543210\r\n";

    @Test
    void anOfferMakesASession() {
        HttpResponse<String> response = listener.created(room() + "?name=made", SampleOffers.PUBLISH);
        assertThat(header(response, "Content-Type")).isEqualTo("application/sdp");
        assertThat(header(response, "Location")).matches(room() + "/[A-Za-z0-9_-]{22}");
        assertThat(header(response, "ETag")).matches("\"[^\"]+\"");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEmpty();
        assertThat(header(response, "Access-Control-Expose-Headers")).isEqualTo("Location, ETag, Link, Retry-After");
    }

    @Test
    void theAnswerHasAllThatAClientNeeds() {
        String answer = listener.created(room() + "?name=answered", SampleOffers.PUBLISH)
                .body();
        assertThat(answer.split("\r\n"))
                .contains(
                        "a=ice-lite",
                        "a=group:BUNDLE 0 1",
                        "a=end-of-candidates",
                        "a=rtcp-mux",
                        "a=recvonly",
                        "a=setup:passive")
                .anyMatch(line -> line.matches("a=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 \\d+ typ host"))
                .noneMatch(line -> line.matches("a=candidate:.* 0 typ .*"))
                .anyMatch(line -> line.startsWith("a=fingerprint:sha-256 "))
                .doesNotContain("a=sendonly", "a=sendrecv");
    }

    @Test
    void toAPassiveOffererTheAnswerIsActive() {
        String passive = SampleOffers.PUBLISH.replace("a=setup:actpass", "a=setup:passive");
        assertThat(listener.created(room() + "?name=passive", passive).body()).contains("a=setup:active\r\n");
        String active = SampleOffers.PUBLISH.replace("a=setup:actpass", "a=setup:active");
        assertThat(listener.created(room() + "?name=active", active).body()).contains("a=setup:passive\r\n");
    }

    @Test
    void aMediaTypeMayHaveParametersAndANameAnyLetters() {
        assertThat(listener.ask(
                                "POST",
                                "/whip/caf%C3%A9%20" + scheme + "?name=b%C3%B6b+1",
                                SampleOffers.PUBLISH,
                                "Content-Type",
                                "Application/SDP; charset=utf-8")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void whoHasNoNameIsAGuest() {
        assertThat(listener.post(room(), SampleOffers.PUBLISH).statusCode()).isEqualTo(201);
        assertThat(listener.post(room(), SampleOffers.PUBLISH).statusCode()).isEqualTo(201);
    }

    @Test
    void candidatesAreTaken() {
        HttpResponse<String> made = listener.created(room() + "?name=trickles", SampleOffers.PUBLISH);
        String tag = header(made, "ETag");
        HttpResponse<String> taken =
                listener.patch(Listener.location(made), tag, SampleOffers.CREDENTIALS + SampleOffers.CANDIDATE);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        assertThat(taken.body()).isEmpty();
        assertThat(listener.patch(Listener.location(made), tag, SampleOffers.CANDIDATE + "a=end-of-candidates\r\n")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void newCredentialsRestartIce() {
        HttpResponse<String> made = listener.created(room() + "?name=restarts", SampleOffers.PUBLISH);
        String session = Listener.location(made);
        HttpResponse<String> restarted = listener.patch(session, "\"*\"", RESTART);
        assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
        assertThat(header(restarted, "Content-Type")).isEqualTo(Listener.FRAGMENT);
        assertThat(restarted.body()).contains("a=ice-ufrag:", "a=ice-pwd:", "a=candidate:", "a=end-of-candidates\r\n");
        assertThat(ufrag(restarted.body())).isNotEqualTo(ufrag(made.body()));
        String tag = header(restarted, "ETag");
        assertThat(tag).matches("\"[^\"]+\"").isNotEqualTo(header(made, "ETag"));
        assertProblem(listener.patch(session, header(made, "ETag"), RESTART), 412, "stale_tag");
        assertThat(listener.patch(session, tag, RESTART).statusCode()).isEqualTo(204);
        assertThat(listener.patch(session, "*", SampleOffers.CREDENTIALS).statusCode())
                .isEqualTo(200);
    }

    private static String ufrag(String sdp) {
        int at = sdp.indexOf("a=ice-ufrag:");
        return sdp.substring(at, sdp.indexOf('\r', at));
    }

    @Test
    void aFragmentHasItsTypeItsTagAndItsForm() {
        HttpResponse<String> made = listener.created(room() + "?name=patches", SampleOffers.PUBLISH);
        String session = Listener.location(made);
        assertProblem(listener.ask("PATCH", session, RESTART, "Content-Type", Listener.FRAGMENT), 428, "tag_required");
        assertProblem(listener.patch(session, "\"other\"", RESTART), 412, "stale_tag");
        assertProblem(
                listener.ask("PATCH", session, RESTART, "Content-Type", Listener.SDP, "If-Match", "*"),
                415,
                "wrong_media_type");
        HttpResponse<String> bad = listener.patch(session, "*", "a=ice-ufrag:efgh\r\nno line\r\n");
        assertProblem(bad, 400, "bad_sdp");
        assertThat(bad.body()).contains("line 2");
        assertProblem(listener.patch(room() + "/" + "x".repeat(22), "*", RESTART), 404, "not_found");
    }

    @Test
    void deletingEndsTheSessionOnce() {
        String session = listener.made(room() + "?name=deletes", SampleOffers.PUBLISH);
        assertThat(listener.ask("DELETE", session, "").statusCode()).isEqualTo(200);
        assertProblem(listener.ask("DELETE", session, ""), 404, "not_found");
        assertProblem(listener.patch(session, "*", RESTART), 404, "not_found");
        assertThat(listener.post(room() + "?name=deletes", SampleOffers.PUBLISH).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aSessionIsInItsRoomOnly() {
        String session = listener.made(room() + "?name=placed", SampleOffers.PUBLISH);
        String elsewhere = session.replace("/whip/", "/whep/");
        assertProblem(listener.ask("DELETE", elsewhere, ""), 404, "not_found");
        assertProblem(listener.ask("DELETE", session.replace("life", "other"), ""), 404, "not_found");
        assertThat(listener.ask("DELETE", session, "").statusCode()).isEqualTo(200);
    }

    @Test
    void optionsSayWhatIsTaken() {
        HttpResponse<String> endpoint = listener.ask("OPTIONS", room(), "");
        assertThat(endpoint.statusCode()).isEqualTo(204);
        assertThat(header(endpoint, "Accept-Post")).isEqualTo("application/sdp");
        assertThat(header(endpoint, "Allow")).isEqualTo("OPTIONS, POST");
        assertThat(header(endpoint, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(endpoint, "Access-Control-Allow-Methods")).contains("POST");
        assertThat(header(endpoint, "Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "If-Match");
        HttpResponse<String> session = listener.ask("OPTIONS", room() + "/" + "x".repeat(22), "");
        assertThat(header(session, "Allow")).isEqualTo("DELETE, OPTIONS, PATCH");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (String method : new String[] {"GET", "PUT", "PATCH", "DELETE"}) {
            HttpResponse<String> refused = listener.ask(method, room(), "");
            assertProblem(refused, 405, "method_not_allowed");
            assertThat(header(refused, "Allow")).isEqualTo("OPTIONS, POST");
        }
        for (String method : new String[] {"GET", "PUT", "POST"}) {
            HttpResponse<String> refused = listener.ask(method, room() + "/" + "x".repeat(22), "");
            assertProblem(refused, 405, "method_not_allowed");
            assertThat(header(refused, "Allow")).isEqualTo("DELETE, OPTIONS, PATCH");
        }
    }
}
