package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawWebSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a page says of what it shows, and what it is told of tracks.
class ViewSocketTest extends AgainstOneServer {
    private static JsonNode ask(RawWebSocket socket, String text) {
        socket.text(text);
        JsonNode message = socket.message();
        while (!message.has("re")) {
            message = socket.message();
        }
        return message;
    }

    private static String view(String tiles, String more) {
        return "{\"type\":\"view\",\"id\":5,\"tiles\":[" + tiles + "]" + more + "}";
    }

    private static String tile(String rest) {
        return "{\"participant\":\"p_1\",\"source\":\"camera\"," + rest + "}";
    }

    @Test
    void tilesAndTheCapReachTheEngine() {
        try (RawWebSocket alice = RawWebSocket.open(server.http())) {
            FakeSfu.Participant engine = engineOf(alice.join("views", "alice"));
            String tiles = tile("\"width\":640,\"height\":360,\"pinned\":true") + ","
                    + tile("\"width\":0,\"height\":16384,\"hidden\":true");
            assertThat(ask(alice, view(tiles, ",\"cap\":300000")).path("type").asText())
                    .isEqualTo("done");
            ParticipantId shown = new ParticipantId("p_1");
            assertThat(engine.views().getLast())
                    .containsExactly(
                            new ViewedTile(shown, TrackSource.CAMERA, 640, 360, true, false),
                            new ViewedTile(shown, TrackSource.CAMERA, 0, 16_384, false, true));
            assertThat(engine.caps()).containsExactly(300_000L);
            ask(alice, view("", ",\"cap\":null"));
            ask(alice, view("", ""));
            assertThat(engine.caps()).containsExactly(300_000L, SfuParticipant.NO_CAP, SfuParticipant.NO_CAP);
            assertThat(engine.views().getLast()).isEmpty();
        }
    }

    @Test
    void whatIsOutOfRangeIsRefusedAsAWhole() {
        try (RawWebSocket alice = RawWebSocket.open(server.http())) {
            FakeSfu.Participant engine = engineOf(alice.join("wrong-views", "alice"));
            String sized = "\"width\":640,\"height\":360";
            for (String[] wrong : new String[][] {
                {view(tile("\"width\":16385,\"height\":1"), ""), "tiles[0]: width"},
                {view(tile("\"width\":1,\"height\":-1"), ""), "tiles[0]: height"},
                {view(tile(sized + ",\"hidden\":1"), ""), "hidden"},
                {view(tile(sized).replace("camera", "mirror"), ""), "source"},
                {view((tile(sized) + ",").repeat(64) + tile(sized), ""), "tiles"},
                {view(tile(sized), ",\"cap\":-1"), "cap"},
                {view(tile(sized), ",\"cap\":1.5"), "cap"},
                {view(tile(sized), ",\"cap\":\"none\""), "cap"},
                {view(tile(sized), ",\"cap\":9223372036854775807"), "cap"}
            }) {
                JsonNode error = ask(alice, wrong[0]);
                assertThat(error.path("code").asText()).as(wrong[0]).isEqualTo("bad_message");
                assertThat(error.path("detail").asText()).as(wrong[0]).contains(wrong[1]);
            }
            assertThat(engine.views()).isEmpty();
            assertThat(engine.caps()).isEmpty();
            assertThat(ask(alice, view((tile(sized) + ",").repeat(63) + tile(sized), ""))
                            .path("type")
                            .asText())
                    .isEqualTo("done");
        }
    }

    /// A page sends a view when its layout changes, and one a second while somebody draws at a window.
    @Test
    void whoChangesItsViewWithoutEndIsToldToSlowDown() {
        try (RawWebSocket alice = RawWebSocket.open("127.0.0.4", server.http())) {
            FakeSfu.Participant engine = engineOf(alice.join("restless", "alice"));
            for (int i = 0; i < 600; i++) {
                alice.text(view(i % 2 == 0 ? "" : tile("\"width\":640,\"height\":360"), ""));
            }
            int refused = 0;
            for (int i = 0; i < 600; i++) {
                refused += alice.message().path("code").asText().equals("slow_down") ? 1 : 0;
            }
            assertThat(refused).isPositive();
            assertThat(engine.views()).hasSize(600 - refused);
            assertThat(ask(alice, "{\"type\":\"people\",\"id\":9}").has("re")).isTrue();
        }
    }

    @Test
    void othersSeeWhoIsHeldByTheServer() {
        try (RawWebSocket alice = RawWebSocket.open(server.http());
                RawWebSocket bob = RawWebSocket.open(server.http())) {
            FakeSfu.Participant engine = engineOf(alice.join("held", "alice"));
            bob.join("held", "bob");
            engine.says(new SfuEvent.Published(
                    engine.id(),
                    List.of(new TrackInfo(new TrackId("t_1"), TrackSource.MICROPHONE, "opus", true, true))));
            JsonNode track = bob.message("participant-changed")
                    .path("participant")
                    .path("tracks")
                    .path(0);
            assertThat(track.path("muted").asBoolean()).isTrue();
            assertThat(track.path("held").asBoolean()).isTrue();
        }
    }

    private FakeSfu.Participant engineOf(JsonNode joined) {
        return server.sfu.participant(joined.path("participant").asText());
    }
}
