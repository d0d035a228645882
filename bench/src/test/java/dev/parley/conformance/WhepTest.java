package dev.parley.conformance;

import static dev.parley.conformance.Listener.assertProblem;
import static dev.parley.conformance.Listener.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Publishers and viewers that meet, with real media, docs/protocol.md.
@ParameterizedClass
@ValueSource(strings = {"http", "https", "h2"})
class WhepTest {
    private static final long PATIENCE_NS = 15_000_000_000L;

    private final Crowd crowd;
    private final Listener listener;
    private final String room;

    WhepTest(String scheme) throws IOException {
        crowd = new Crowd(1);
        listener = new Listener(scheme);
        room = scheme + "-" + System.nanoTime();
    }

    @AfterEach
    void stop() {
        crowd.close();
    }

    private Participant publish(String name) {
        OfferBuilder offer = new OfferBuilder().microphone().camera("q", "h", "f");
        return crowd.join(name, Publishing.page(), offer, listener.door("/whip/" + room));
    }

    /// @param of who is watched, with a slash before it; nothing for whoever there is
    private Participant watch(String name, String of, int pairs) {
        OfferBuilder offer = new OfferBuilder().pairs(pairs);
        return crowd.join(name, Publishing.nothing(), offer, listener.door("/whep/" + room + of));
    }

    private static long frames(Participant viewer) {
        return viewer.ask(() -> viewer.media().receiver().frames());
    }

    private static void sees(Participant viewer) {
        long before = frames(viewer);
        await(() -> frames(viewer) > before + 20);
        assertThat(viewer.ask(() -> viewer.media().receiver().problems().shown()))
                .isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long endNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(endNs);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private JsonNode person(String name) {
        for (JsonNode person : listener.people(room)) {
            if (person.path("name").asText().equals(name)) {
                return person;
            }
        }
        return listener.people("no-such-room");
    }

    private void awaitTracks(String name, int count) {
        await(() -> person(name).path("tracks").size() == count);
    }

    @Test
    void aViewerSeesTheOneByNameAndById() {
        publish("alice");
        awaitTracks("alice", 2);
        sees(watch("bob", "/alice", 1));
        sees(watch("carol", "/" + person("alice").path("id").asText(), 1));
    }

    @Test
    void whoDecodesNothingOfThePersonIsNotAcceptable() {
        publish("alice");
        awaitTracks("alice", 2);
        String voiceOnly = SampleOffers.WATCH.replace("VP8/", "H264/");
        String nothing = voiceOnly.replace("opus/48000/2", "G722/8000");
        HttpResponse<String> refused = listener.post("/whep/" + room + "/alice?name=bob", nothing);
        assertProblem(refused, 406, "no_common_codec");
        assertThat(refused.body()).contains("VP8").contains("opus");
        assertThat(person("bob")).isEmpty();
        listener.created("/whep/" + room + "/alice?name=bob", voiceOnly);
        listener.created("/whep/" + room + "?name=bob", nothing);
    }

    @Test
    void theRoomListsPublishersAndViewers() {
        publish("alice");
        awaitTracks("alice", 2);
        watch("bob", "", 1);
        await(() -> person("bob").path("state").asText().equals("connected"));
        assertThat(person("alice").path("via").asText()).isEqualTo("whip");
        assertThat(person("alice").path("role").asText()).isEqualTo("speaker");
        assertThat(person("alice").path("path").asText()).isEqualTo("udp");
        assertThat(person("alice").path("tracks").findValuesAsText("source"))
                .containsExactlyInAnyOrder("microphone", "camera");
        assertThat(person("bob").path("via").asText()).isEqualTo("whep");
        assertThat(person("bob").path("role").asText()).isEqualTo("viewer");
        assertThat(person("bob").path("tracks")).isEmpty();
    }

    @Test
    void viewersMayComeBeforePublishers() {
        Participant viewer = watch("bob", "", 2);
        publish("alice");
        sees(viewer);
        publish("carol");
        sees(viewer);
    }

    @Test
    void aPublisherWhoComesBackIsSeenAgain() {
        Participant first = publish("alice");
        awaitTracks("alice", 2);
        Participant viewer = watch("bob", "/alice", 1);
        sees(viewer);
        first.leave();
        await(() -> person("alice").isMissingNode() || person("alice").isEmpty());
        publish("alice");
        sees(viewer);
    }

    @Test
    void oneNameMayWatchTwiceAndBeASpeakersToo() {
        publish("alice");
        awaitTracks("alice", 2);
        sees(watch("alice", "", 1));
        sees(watch("alice", "/alice", 1));
    }

    @Test
    void viewersDoNotKeepARoom() {
        Participant alice = publish("alice");
        awaitTracks("alice", 2);
        sees(watch("bob", "", 1));
        alice.leave();
        await(() -> listener.people(room).isEmpty());
    }

    @Test
    void theAnswerIsForReceivingAndAllElseIsAsForPublishers() {
        HttpResponse<String> made = listener.created("/whep/" + room + "?name=bob", SampleOffers.WATCH);
        assertThat(header(made, "Content-Type")).isEqualTo("application/sdp");
        assertThat(header(made, "Location")).matches("/whep/" + room + "/[A-Za-z0-9_-]{22}");
        assertThat(header(made, "ETag")).matches("\"[^\"]+\"");
        assertThat(header(made, "Access-Control-Expose-Headers")).isEqualTo("Location, ETag, Link, Retry-After");
        assertThat(List.of(made.body().split("\r\n")))
                .contains("a=sendonly", "a=ice-lite", "a=end-of-candidates", "a=setup:passive")
                .doesNotContain("a=recvonly", "a=sendrecv");
        String session = Listener.location(made);
        assertThat(listener.patch(session, header(made, "ETag"), SampleOffers.CANDIDATE)
                        .statusCode())
                .isEqualTo(204);
        assertThat(listener.patch(session, "\"*\"", "a=ice-ufrag:efgh\r\na=ice-pwd:lkjihgfedcba9876543210\r\n")
                        .statusCode())
                .isEqualTo(200);
        assertThat(header(listener.ask("OPTIONS", session, ""), "Allow")).isEqualTo("DELETE, OPTIONS, PATCH, POST");
        assertThat(listener.ask("DELETE", session, "").statusCode()).isEqualTo(200);
        assertProblem(listener.ask("DELETE", session, ""), 404, "not_found");
    }
}
