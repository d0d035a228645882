package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.signaling.testing.FakeSfu;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Chat over data channels as the whole server does it: from the engine's events through the database and back.
@TestInstance(Lifecycle.PER_CLASS)
class ChatChannelTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_MS = 10_000;

    private TestServer server;

    @BeforeAll
    void start(@TempDir Path data) throws StartException, IOException {
        server = TestServer.start(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Somebody with a socket and both channels.
    private record Person(RawWebSocket socket, FakeSfu.Participant media) implements AutoCloseable {
        void asks(String label, String json) {
            media.sends(label, json);
        }

        /// The first message that came down this channel and is so.
        JsonNode told(String label, Predicate<JsonNode> so) {
            long until = System.nanoTime() + PATIENCE_MS * 1_000_000;
            while (System.nanoTime() - until < 0) {
                for (FakeSfu.Sent sent : media.sent()) {
                    JsonNode message = json(sent.message().shared());
                    if (sent.label().equals(label) && so.test(message)) {
                        return message;
                    }
                }
                Thread.onSpinWait();
            }
            throw new AssertionError("not among what came on " + label + ": " + all(label));
        }

        JsonNode answer(String label, long re) {
            return told(label, message -> message.path("re").asLong() == re);
        }

        JsonNode event(String label, String type) {
            return told(label, message -> message.path("type").asText().equals(type));
        }

        List<String> all(String label) {
            return media.sent().stream()
                    .filter(sent -> sent.label().equals(label))
                    .map(sent -> new String(sent.message().shared(), StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(new String(text, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private Person enter(String room, String name) {
        RawWebSocket socket = RawWebSocket.open(server.http());
        String id = socket.join(room, name).path("participant").asText();
        Person person = new Person(socket, server.sfu.participant(id));
        person.media().opens("chat");
        person.media().opens("live");
        person.event("chat", "chat-here");
        return person;
    }

    private static String chat(int id, String message, String text) {
        return "{\"type\":\"chat\",\"id\":" + id + ",\"message\":\"" + message + "\",\"text\":\"" + text + "\"}";
    }

    @Test
    void aMessageIsAnsweredWhereItCameAndHeardByAll() {
        try (Person alice = enter("channels", "alice");
                Person bob = enter("channels", "bob");
                RawWebSocket carol = RawWebSocket.open(server.http())) {
            carol.join("channels", "carol");
            alice.asks("chat", chat(7, "message-1", "hello"));
            JsonNode said = alice.answer("chat", 7);
            assertThat(said.path("type").asText()).isEqualTo("said");
            for (JsonNode event :
                    List.of(alice.event("chat", "chat"), bob.event("chat", "chat"), carol.message("chat"))) {
                assertThat(event.path("message").path("n").asLong())
                        .isEqualTo(said.path("n").asLong());
                assertThat(event.path("message").path("name").asText()).isEqualTo("alice");
            }
            List<String> types = alice.all("chat").stream()
                    .map(line -> json(line.getBytes(StandardCharsets.UTF_8))
                            .path("type")
                            .asText())
                    .filter(type -> !type.equals("chat-here"))
                    .toList();
            assertThat(types).as("answered before it is told").containsExactly("said", "chat");
            assertThat(server.figure("parley_chat_messages_total{way=\"data_channel\"}"))
                    .isPositive();
        }
    }

    @Test
    @DisplayName("hostile D07 nor can it by a data channel")
    void hostile_D07_norByADataChannel() {
        try (Person alice = enter("forged", "alice");
                Person bob = enter("forged", "bob")) {
            alice.asks(
                    "chat",
                    "{\"type\":\"chat\",\"id\":2,\"message\":\"message-1\",\"text\":\"hello\",\"from\":\""
                            + bob.media().id().value() + "\",\"name\":\"bob\",\"sender\":\"p_x\",\"n\":99}");
            JsonNode heard = bob.event("chat", "chat").path("message");
            assertThat(heard.path("from").asText()).isEqualTo(alice.media().id().value());
            assertThat(heard.path("name").asText()).isEqualTo("alice");
            assertThat(heard.path("n").asLong()).isEqualTo(1);
        }
    }

    @Test
    void whateverTheWayTheSameMessageIsStoredOnce() {
        try (Person alice = enter("twice", "alice")) {
            alice.asks("chat", chat(2, "message-1", "hello"));
            JsonNode first = alice.answer("chat", 2);
            alice.socket().text(chat(3, "message-1", "hello"));
            JsonNode second = alice.socket().message("said");
            assertThat(second.path("n").asLong()).isEqualTo(first.path("n").asLong());
            assertThat(second.path("at")).isEqualTo(first.path("at"));
            alice.asks("live", "{\"type\":\"history\",\"id\":4}");
            assertThat(alice.answer("live", 4).path("messages")).hasSize(1);
        }
    }

    @Test
    @DisplayName("hostile D08 two ways are not twice as much: rates are a person's, not a connection's")
    void hostile_D08_twoWaysAreNotTwiceAsMuch() {
        try (Person alice = enter("rates", "alice")) {
            for (int i = 0; i < 60; i++) {
                alice.asks("chat", chat(1_000 + i, "channel-" + i, "x"));
                alice.socket().text(chat(2_000 + i, "socket--" + i, "x"));
            }
            int said = 0;
            int slow = 0;
            for (int i = 0; i < 60; i++) {
                JsonNode byChannel = alice.answer("chat", 1_000 + i);
                JsonNode bySocket = alice.socket().message();
                while (!bySocket.has("re")) {
                    bySocket = alice.socket().message();
                }
                for (JsonNode answer : List.of(byChannel, bySocket)) {
                    said += answer.path("type").asText().equals("said") ? 1 : 0;
                    slow += answer.path("code").asText().equals("slow_down") ? 1 : 0;
                }
            }
            assertThat(said + slow).isEqualTo(120);
            assertThat(said).as("30 at once and 10 a second").isBetween(30, 90);
        }
    }

    @Test
    void whatIsNoRequestOfChatIsRefused() {
        try (Person alice = enter("refused", "alice")) {
            alice.asks("chat", "{\"type\":\"leave\",\"id\":5}");
            assertThat(alice.answer("chat", 5).path("code").asText()).isEqualTo("bad_message");
            alice.asks("chat", "{\"type\":\"chat\",\"id\":6}");
            assertThat(alice.answer("chat", 6).path("code").asText()).isEqualTo("bad_message");
            alice.media().says(new SfuEvent.DataReceived(alice.media().id(), "chat", false, new byte[] {1}));
            assertThat(alice.event("chat", "error").path("code").asText()).isEqualTo("bad_message");
            alice.media().says(new SfuEvent.DataReceived(alice.media().id(), "live", true, new byte[64 * 1024 + 1]));
            assertThat(alice.event("live", "error").path("detail").asText()).contains("65537");
            alice.asks("chat", chat(9, "message-1", "still here"));
            assertThat(alice.answer("chat", 9).path("type").asText()).isEqualTo("said");
        }
    }

    @Test
    void whoseChannelIsFullHearsByWebSocket() {
        try (Person alice = enter("full", "alice");
                Person bob = enter("full", "bob")) {
            alice.media().takes(DataSent.Result.FULL);
            bob.asks("chat", chat(2, "message-1", "lost in the channel"));
            JsonNode here = alice.socket().message("chat-here");
            assertThat(here.path("last").asLong()).isEqualTo(1);
            assertThat(here.path("turn").asInt()).isEqualTo(2);
            bob.asks("chat", chat(3, "message-2", "by socket"));
            assertThat(alice.socket().message("chat").path("message").path("n").asLong())
                    .isEqualTo(2);
            alice.socket().text("{\"type\":\"history\",\"id\":9,\"since\":0}");
            assertThat(alice.socket().message("history").path("messages")).hasSize(2);
            alice.media().takes(DataSent.Result.QUEUED);
            alice.media().says(new SfuEvent.DataReady(alice.media().id(), "chat"));
            alice.told("chat", message -> message.path("turn").asInt() == 3);
        }
    }

    @Test
    void longHistoryComesInPagesThatEveryClientTakes() {
        String text = "\ud83d\ude00".repeat(4_000);
        try (Person alice = enter("long", "alice")) {
            for (int i = 0; i < 8; i++) {
                alice.asks("chat", chat(10 + i, "message-" + i, text));
                assertThat(alice.answer("chat", 10 + i).path("type").asText()).isEqualTo("said");
            }
            long have = 0;
            int read = 0;
            for (int id = 30; ; id++) {
                alice.asks("chat", "{\"type\":\"history\",\"id\":" + id + ",\"since\":" + have + "}");
                JsonNode page = alice.answer("chat", id);
                read += page.path("messages").size();
                have = page.path("last").asLong();
                if (!page.path("more").asBoolean()) {
                    break;
                }
            }
            assertThat(read).isEqualTo(8);
            assertThat(alice.all("chat"))
                    .allSatisfy(line -> assertThat(line.getBytes(StandardCharsets.UTF_8).length)
                            .isLessThan(65_536));
        }
    }
}
