package dev.parley.bench.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.sfu.api.AnnouncedTrack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The way in that our page takes: one WebSocket a participant (docs/protocol.md), kept open as long as it stays.
///
/// @param server as `http://127.0.0.1:8088`
public record SocketDoor(HttpClient client, URI server, String room) implements Door {
    private static final int JOIN_ID = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public CompletionStage<Admitted> enter(Visitor visitor) {
        URI at = URI.create("ws" + server.resolve("/ws").toString().substring("http".length()));
        Visit visit = new Visit();
        return client.newWebSocketBuilder()
                .subprotocols("parley.v1")
                .header("Authorization", "Bearer none")
                .buildAsync(at, visit)
                .thenCompose(socket -> socket.sendText(join(visitor), true))
                .thenCompose(_ -> visit.admitted);
    }

    private String join(Visitor visitor) {
        ObjectNode join = JSON.createObjectNode()
                .put("type", "join")
                .put("id", JOIN_ID)
                .put("v", 1)
                .put("room", room)
                .put("name", visitor.name())
                .put("offer", visitor.offer());
        ArrayNode tracks = join.putArray("tracks");
        for (AnnouncedTrack track : visitor.announced()) {
            tracks.addObject()
                    .put("mid", track.mid())
                    .put("source", track.source().wireName())
                    .put("muted", track.muted());
        }
        return join.toString();
    }

    /// What comes on one socket: the answer counts, the rest is read and left.
    private static final class Visit implements WebSocket.Listener {
        private final CompletableFuture<Admitted> admitted = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            if (!admitted.isDone()) {
                message.append(part);
                if (last) {
                    read(socket, message.toString());
                    message.setLength(0);
                }
            }
            socket.request(1);
            return null;
        }

        /// Events of the room may come before the answer.
        private void read(WebSocket socket, String text) {
            try {
                JsonNode said = JSON.readTree(text);
                if (said.path("type").asText().equals("joined")) {
                    admitted.complete(new Admitted(
                            said.path("answer").asText(),
                            () -> socket.sendText("{\"type\":\"leave\",\"id\":2}", true)));
                } else if (said.path("re").asInt() == JOIN_ID) {
                    admitted.completeExceptionally(new IllegalStateException("the server refused: " + text));
                }
            } catch (JsonProcessingException broken) {
                admitted.completeExceptionally(broken);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            admitted.completeExceptionally(new IllegalStateException("the server closed with " + code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable fault) {
            admitted.completeExceptionally(fault);
        }
    }
}
