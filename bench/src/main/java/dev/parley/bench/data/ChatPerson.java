package dev.parley.bench.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.SendResult;
import dev.parley.sfu.sctp.packet.Payload;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Somebody who chats over the data channel `chat` as docs/protocol.md has it, and reads each message that comes. On
/// the
/// participants' loop, but for `open` and `say`.
final class ChatPerson implements DataChannelListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LABEL = "chat";
    private static final String TEXT =
            " people say about as much as this at a time; some say less, and a few a great deal more";

    private final int number;
    private final ChatLog log;
    private final CompletableFuture<String> here = new CompletableFuture<>();
    private @Nullable Participant participant;
    private @Nullable DataChannel chat;

    ChatPerson(int number, ChatLog log) {
        this.number = number;
        this.log = log;
    }

    /// Completed when the server says that chat comes this way; fails when there are no data channels any more.
    CompletableFuture<String> here() {
        return here;
    }

    void open(Participant self) {
        self.post(() -> {
            participant = self;
            chat = self.data().open(ChannelOptions.of(LABEL), self.nowNs());
        });
    }

    /// Time runs from here on, whatever keeps the loop from it.
    void say(int message) {
        log.said(message, number, System.nanoTime());
        Participant self = participant;
        if (self != null) {
            self.post(() -> send(self, message));
        }
    }

    private void send(Participant self, int message) {
        String request = JSON.createObjectNode()
                .put("type", "chat")
                .put("id", message)
                .put("message", "bench-%08d".formatted(message))
                .put("text", message + TEXT)
                .toString();
        Payload payload = Payload.of(request.getBytes(StandardCharsets.UTF_8));
        DataChannel to = chat;
        if (to == null || to.send(MessageKind.TEXT, payload, self.nowNs()) != SendResult.QUEUED) {
            log.refused();
        }
    }

    @Override
    public void message(DataChannel from, MessageKind kind, byte[] bytes) {
        JsonNode said = read(bytes);
        switch (said.path("type").asText()) {
            case "chat" -> heard(said.path("message").path("text").asText());
            case "said" -> log.stored(said.path("re").asInt(), System.nanoTime());
            case "chat-here" -> here.complete(LABEL);
            case "error" -> log.refused();
            default -> {}
        }
    }

    private void heard(String text) {
        int end = text.indexOf(' ');
        if (!text.substring(end).equals(TEXT)) {
            throw new IllegalStateException("nobody said " + text);
        }
        log.heard(Integer.parseInt(text, 0, end, 10), number, System.nanoTime());
    }

    private static JsonNode read(byte[] utf8) {
        try {
            return JSON.readTree(new String(utf8, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server wrote what cannot be read", e);
        }
    }

    @Override
    public void ended(SctpEnd end) {
        here.completeExceptionally(new IllegalStateException("the data channels of " + number + " ended: " + end));
    }

    @Override
    public void peerStuck() {}
}
