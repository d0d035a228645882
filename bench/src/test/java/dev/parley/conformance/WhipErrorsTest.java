package dev.parley.conformance;

import static dev.parley.conformance.Listener.assertProblem;
import static dev.parley.conformance.Listener.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What publishers and viewers are told when it does not work, with the codes of docs/protocol.md.
@ParameterizedClass
@ValueSource(strings = {"http", "https", "h2"})
class WhipErrorsTest {
    private static final String OFFER = SampleOffers.PUBLISH;

    private final String scheme;
    private final Listener listener;

    WhipErrorsTest(String scheme) {
        this.scheme = scheme;
        this.listener = new Listener(scheme);
    }

    private HttpResponse<String> publish(String name, String offer) {
        return listener.post("/whip/errors-" + scheme + "?name=" + name, offer);
    }

    @Test
    void whatIsNoOfferIsRefusedWithItsLine() {
        HttpResponse<String> refused = publish("bad", OFFER.replace("a=setup:actpass", "a=setup:whatever"));
        assertProblem(refused, 400, "bad_sdp");
        assertThat(refused.body()).contains("line 9");
        assertProblem(publish("bad", ""), 400, "bad_sdp");
        assertProblem(publish("bad", "hello"), 400, "bad_sdp");
        assertProblem(publish("bad", OFFER.replace("a=fingerprint:", "a=x:")), 400, "bad_sdp");
        assertProblem(publish("bad", SampleOffers.WATCH), 400, "bad_sdp");
        assertProblem(listener.post("/whep/errors-" + scheme, OFFER), 400, "bad_sdp");
    }

    @Test
    void allMediaSharesOneTransport() {
        assertProblem(publish("bundle", OFFER.replace("a=group:BUNDLE 0 1\n", "")), 400, "bundle_required");
        assertProblem(publish("bundle", OFFER.replace("BUNDLE 0 1", "BUNDLE 0")), 400, "bundle_required");
        assertProblem(publish("bundle", OFFER.replace("a=rtcp-mux\n", "")), 400, "bundle_required");
    }

    @Test
    void aCodecThatNobodyKnowsIsNotAcceptable() {
        String foreign = OFFER.replace("opus/48000/2", "G722/8000").replace("VP8/90000", "theora/90000");
        assertProblem(publish("codec", foreign), 406, "no_common_codec");
    }

    @Test
    void aNameIsTakenByTheFirst() {
        assertThat(publish("Taken", OFFER).statusCode()).isEqualTo(201);
        assertProblem(publish("Taken", OFFER), 409, "name_taken");
        assertProblem(publish("%20taken", OFFER), 409, "name_taken");
    }

    @Test
    void namesAndQueriesHaveTheirForm() {
        assertProblem(publish("", OFFER), 400, "bad_message");
        assertProblem(publish("x".repeat(65), OFFER), 400, "bad_message");
        assertProblem(publish("a%E2%80%AEb", OFFER), 400, "bad_message");
        assertProblem(publish("a%00b", OFFER), 400, "bad_message");
        assertProblem(publish("%C0%AF", OFFER), 400, "bad_message");
        assertProblem(listener.post("/whip/" + "x".repeat(65), OFFER), 400, "bad_message");
        assertProblem(
                listener.post("/whep/errors-" + scheme + "/bob?source=ceiling", SampleOffers.WATCH),
                400,
                "bad_message");
    }

    @Test
    void anOfferHasItsSizeAndItsType() {
        assertProblem(publish("large", OFFER + "a=x:y\n".repeat(50_000)), 413, "too_large");
        String target = "/whip/errors-" + scheme;
        assertProblem(listener.ask("POST", target, OFFER, "Content-Type", "text/plain"), 415, "wrong_media_type");
        assertProblem(listener.ask("POST", target, OFFER), 415, "wrong_media_type");
    }

    @Test
    void whoPublishesNothingCannotBeWatchedYet() {
        publish("silent", OFFER);
        for (String person : new String[] {"nobody", "p_nobody", "silent"}) {
            HttpResponse<String> refused = listener.post("/whep/errors-" + scheme + "/" + person, SampleOffers.WATCH);
            assertProblem(refused, 503, "not_publishing");
            assertThat(header(refused, "Retry-After")).isEqualTo("1");
        }
        assertProblem(listener.post("/whep/no-such-room/alice", SampleOffers.WATCH), 503, "not_publishing");
    }

    @Test
    void anOpenRoomAsksForNoToken() {
        HttpResponse<String> made = listener.ask(
                "POST", "/whip/open-" + scheme, OFFER, "Content-Type", Listener.SDP, "Authorization", "Bearer x");
        assertThat(made.statusCode()).isEqualTo(201);
    }
}
