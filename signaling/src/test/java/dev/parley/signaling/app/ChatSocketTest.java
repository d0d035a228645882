package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Chat as clients meet it: over real sockets, into a real database.
@TestInstance(Lifecycle.PER_CLASS)
class ChatSocketTest {
    private TestServer server;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path data) throws StartException, IOException {
        folder = data;
        server = TestServer.start(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private RawWebSocket enter(String room, String name) {
        RawWebSocket socket = RawWebSocket.open(server.http());
        assertThat(socket.join(room, name).path("type").asText()).isEqualTo("joined");
        return socket;
    }

    private static String chat(int id, String message, String text, String more) {
        return "{\"type\":\"chat\",\"id\":" + id + ",\"message\":\"" + message + "\",\"text\":\"" + text + "\"" + more
                + "}";
    }

    private static JsonNode answer(RawWebSocket socket, int re) {
        JsonNode message = socket.message();
        while (message.path("re").asInt() != re) {
            message = socket.message();
        }
        return message;
    }

    private static JsonNode ask(RawWebSocket socket, int id, String text) {
        assertThat(socket.text(text)).isTrue();
        return answer(socket, id);
    }

    private static List<String> texts(JsonNode history) {
        return history.path("messages").findValuesAsText("text");
    }

    @Test
    void aMessageIsAnsweredAndHeardByAll() {
        try (RawWebSocket alice = enter("all", "alice");
                RawWebSocket bob = enter("all", "bob")) {
            JsonNode said = ask(alice, 7, chat(7, "message-1", "hello", ",\"reply\":3"));
            assertThat(said.path("type").asText()).isEqualTo("said");
            assertThat(said.path("n").asLong()).isEqualTo(1);
            for (RawWebSocket each : List.of(alice, bob)) {
                JsonNode event = each.message("chat");
                assertThat(event.path("after").asLong()).isZero();
                JsonNode message = event.path("message");
                assertThat(message.path("n").asLong()).isEqualTo(1);
                assertThat(message.path("id").asText()).isEqualTo("message-1");
                assertThat(message.path("name").asText()).isEqualTo("alice");
                assertThat(message.path("from").asText()).startsWith("p_");
                assertThat(message.path("text").asText()).isEqualTo("hello");
                assertThat(message.path("reply").asLong()).isEqualTo(3);
                assertThat(message.path("at").asText())
                        .isEqualTo(said.path("at").asText());
                assertThat(message.has("to")).isFalse();
                assertThat(message.has("own")).isFalse();
                assertThat(message.has("person")).isFalse();
            }
            assertThat(server.figure("parley_chat_messages_total{way=\"websocket\"}"))
                    .isPositive();
        }
    }

    @Test
    void whoComesLaterReadsWhatWasSaid() {
        try (RawWebSocket alice = enter("later", "alice")) {
            ask(alice, 2, chat(2, "message-1", "one", ""));
            ask(alice, 3, chat(3, "message-2", "two", ""));
            ask(alice, 4, "{\"type\":\"chat-edit\",\"id\":4,\"n\":1,\"text\":\"uno\"}");
            try (RawWebSocket bob = RawWebSocket.open(server.http())) {
                JsonNode joined = bob.join("later", "bob");
                assertThat(joined.path("chat").path("last").asLong()).isEqualTo(3);
                assertThat(joined.path("chat").path("history").asText()).isNotEmpty();
                JsonNode newest = ask(bob, 5, "{\"type\":\"history\",\"id\":5}");
                assertThat(texts(newest)).containsExactly("uno", "two");
                assertThat(newest.path("last").asLong()).isEqualTo(3);
                assertThat(newest.path("more").asBoolean()).isFalse();
                assertThat(newest.path("messages").get(0).path("edited").asBoolean())
                        .isTrue();
                assertThat(newest.path("messages").get(0).has("own")).isFalse();
                assertThat(texts(ask(bob, 6, "{\"type\":\"history\",\"id\":6,\"since\":2}")))
                        .containsExactly("uno");
                assertThat(texts(ask(bob, 7, "{\"type\":\"history\",\"id\":7,\"before\":2}")))
                        .containsExactly("uno");
            }
            assertThat(ask(alice, 8, "{\"type\":\"history\",\"id\":8}")
                            .path("messages")
                            .get(0)
                            .path("own")
                            .asBoolean())
                    .isTrue();
            ask(alice, 9, "{\"type\":\"chat-delete\",\"id\":9,\"n\":2}");
            JsonNode left = ask(alice, 10, "{\"type\":\"history\",\"id\":10,\"since\":3}");
            assertThat(left.path("messages").get(0).path("deleted").asBoolean()).isTrue();
            assertThat(texts(left)).containsExactly("");
        }
    }

    @Test
    @DisplayName("hostile D07 a sender cannot be forged, and what is for one person goes to nobody else")
    void hostile_D07_forgedSender() {
        try (RawWebSocket alice = enter("forged", "alice");
                RawWebSocket carol = enter("forged", "carol");
                RawWebSocket bob = RawWebSocket.open(server.http())) {
            String bobs = bob.join("forged", "bob").path("participant").asText();
            ask(
                    alice,
                    2,
                    chat(
                            2,
                            "message-1",
                            "psst",
                            ",\"to\":\"" + bobs + "\",\"from\":\"" + bobs
                                    + "\",\"name\":\"carol\",\"sender\":\"p_x\",\"n\":99"));
            ask(alice, 3, chat(3, "message-2", "to all", ""));
            JsonNode toBob = bob.message("chat").path("message");
            assertThat(toBob.path("name").asText()).isEqualTo("alice");
            assertThat(toBob.path("from").asText()).isNotEqualTo(bobs);
            assertThat(toBob.path("to").asText()).isEqualTo(bobs);
            assertThat(toBob.path("toName").asText()).isEqualTo("bob");
            JsonNode toCarol = carol.message("chat");
            assertThat(toCarol.path("message").path("text").asText()).isEqualTo("to all");
            assertThat(toCarol.path("after").asLong()).isZero();
            assertThat(texts(ask(carol, 4, "{\"type\":\"history\",\"id\":4,\"since\":0}")))
                    .containsExactly("to all");
            for (String forged : List.of(
                    "{\"type\":\"chat-edit\",\"id\":5,\"n\":2,\"text\":\"forged\"}",
                    "{\"type\":\"chat-delete\",\"id\":5,\"n\":2}",
                    "{\"type\":\"chat-delete\",\"id\":5,\"n\":1}")) {
                assertThat(ask(carol, 5, forged).path("code").asText()).isEqualTo("forbidden");
            }
            assertThat(ask(carol, 6, chat(6, "message-2", "mine", ""))
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
        }
    }

    @Test
    void sentAgainItIsTheSame() {
        try (RawWebSocket alice = enter("again", "alice")) {
            JsonNode first = ask(alice, 2, chat(2, "message-1", "hello", ""));
            JsonNode second = ask(alice, 3, chat(3, "message-1", "hello", ""));
            assertThat(second.path("n").asLong()).isEqualTo(first.path("n").asLong());
            assertThat(texts(ask(alice, 4, "{\"type\":\"history\",\"id\":4}"))).containsExactly("hello");
        }
    }

    @Test
    @DisplayName("hostile D08 what comes too fast is refused one by one, the rest is there")
    void hostile_D08_tooFast() throws InterruptedException {
        try (RawWebSocket alice = enter("fast", "alice")) {
            for (int i = 0; i < 150; i++) {
                alice.text(chat(100 + i, "message-" + i, "text", ""));
            }
            int said = 0;
            int slow = 0;
            for (int i = 0; i < 150; i++) {
                JsonNode answer = alice.message();
                while (!answer.has("re")) {
                    answer = alice.message();
                }
                said += answer.path("type").asText().equals("said") ? 1 : 0;
                slow += answer.path("code").asText().equals("slow_down") ? 1 : 0;
            }
            assertThat(said + slow).isEqualTo(150);
            assertThat(said).isGreaterThanOrEqualTo(30);
            assertThat(slow).isPositive();
            JsonNode history = answerOrWait(alice);
            assertThat(history.path("messages")).hasSize(Math.min(said, 100));
        }
    }

    private static JsonNode answerOrWait(RawWebSocket socket) throws InterruptedException {
        for (int id = 1_000; ; id++) {
            JsonNode answer = ask(socket, id, "{\"type\":\"history\",\"id\":" + id + "}");
            if (answer.path("type").asText().equals("history")) {
                return answer;
            }
            assertThat(answer.path("code").asText()).isEqualTo("slow_down");
            Thread.sleep(100);
        }
    }

    @Test
    void handsReactionsAndTypingReachTheOthers() {
        try (RawWebSocket alice = enter("signals", "alice");
                RawWebSocket bob = enter("signals", "bob")) {
            awaitDone(alice, 2, "{\"type\":\"hand\",\"id\":2,\"up\":true}");
            assertThat(bob.message("hands").path("hands")).hasSize(1);
            awaitDone(alice, 3, "{\"type\":\"react\",\"id\":3,\"reaction\":\"\ud83d\udc4d\"}");
            assertThat(bob.message("reactions")
                            .path("reactions")
                            .get(0)
                            .path("reaction")
                            .asText())
                    .isEqualTo("\ud83d\udc4d");
            awaitDone(alice, 4, "{\"type\":\"typing\",\"id\":4,\"typing\":true}");
            assertThat(bob.message("typing").path("typing")).hasSize(1);
            assertThat(ask(alice, 5, "{\"type\":\"react\",\"id\":5,\"reaction\":\"<b>\"}")
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
        }
    }

    private static void awaitDone(RawWebSocket socket, int id, String text) {
        assertThat(ask(socket, id, text).path("type").asText()).isEqualTo("done");
    }

    @Test
    void chatIsGoneWithItsRoom() {
        String before;
        try (RawWebSocket alice = RawWebSocket.open(server.http())) {
            before = alice.join("over", "alice").path("chat").path("history").asText();
            ask(alice, 2, chat(2, "message-1", "secret", ""));
            alice.text("{\"type\":\"leave\",\"id\":3}");
            assertThat(alice.closeCode()).isEqualTo(1000);
        }
        try (RawWebSocket bob = RawWebSocket.open(server.http())) {
            JsonNode joined = bob.join("over", "bob");
            assertThat(joined.path("chat").path("history").asText()).isNotEqualTo(before);
            assertThat(joined.path("chat").path("last").asLong()).isZero();
            assertThat(texts(ask(bob, 2, "{\"type\":\"history\",\"id\":2}"))).isEmpty();
        }
    }

    @Test
    @DisplayName("hostile G02 while another program holds the database chat says so, calls go on, and then it heals")
    void hostile_G02_lockedDatabase() throws Exception {
        try (RawWebSocket alice = enter("locked", "alice");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement hold = other.createStatement()) {
            hold.execute("begin immediate");
            alice.text(chat(2, "message-1", "hello", ""));
            awaitDone(alice, 3, "{\"type\":\"ping\",\"id\":3}");
            assertThat(answer(alice, 2).path("code").asText()).isEqualTo("unavailable");
            hold.execute("rollback");
            assertThat(ask(alice, 4, chat(4, "message-1", "hello", ""))
                            .path("type")
                            .asText())
                    .isEqualTo("said");
            assertThat(texts(ask(alice, 5, "{\"type\":\"history\",\"id\":5}"))).containsExactly("hello");
            assertThat(server.figure("parley_store_failures_total{reason=\"locked\"}"))
                    .isEqualTo(1);
        }
    }
}
