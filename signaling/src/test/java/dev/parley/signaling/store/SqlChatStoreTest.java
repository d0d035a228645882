package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.signaling.chat.ChatStore;
import dev.parley.signaling.chat.ChatStore.Added;
import dev.parley.signaling.chat.ChatStore.Kept;
import dev.parley.signaling.chat.ChatStore.NotAdded;
import dev.parley.signaling.chat.ChatStore.Outcome;
import dev.parley.signaling.chat.ChatStore.Part;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Speaker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlChatStoreTest {
    private static final Speaker ALICE = new Speaker("p_a", "alice", "key-a");
    private static final Speaker BOB = new Speaker("p_b", "bob", "key-b");
    private static final Speaker CAROL = new Speaker("p_c", "carol", "key-c");

    @TempDir
    private Path folder;

    private Database database;
    private ChatStore store;

    @BeforeEach
    void open() throws StoreException {
        database = Database.open(folder, new StoreFigures());
        store = database.chat();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ChatMessage draft(String id, Speaker from, @Nullable Speaker to, String text) {
        return new ChatMessage(0, 0, id, Instant.ofEpochMilli(1_767_268_800_123L), from, to, null, text, null, false);
    }

    private ChatMessage say(String id, Speaker from, String text) throws Exception {
        return add(draft(id, from, null, text)).message();
    }

    private Added add(ChatMessage message) throws Exception {
        return (Added) get(store.add("h", "demo", message, null));
    }

    private List<String> texts(Part part) {
        return part.messages().stream().map(ChatMessage::text).toList();
    }

    @Test
    void numbersInTheOrderOfTheRequests() throws Exception {
        List<CompletionStage<Outcome>> asked = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            asked.add(store.add("h", "demo", draft("message-" + i, ALICE, null, "text " + i), null));
        }
        for (int i = 0; i < 500; i++) {
            Added added = (Added) get(asked.get(i));
            assertThat(added.message().n()).isEqualTo(i + 1);
            assertThat(added.message().v()).isEqualTo(i + 1);
            assertThat(added.fresh()).isTrue();
        }
    }

    @Test
    void whatIsSentAgainIsThereOnce() throws Exception {
        ChatMessage first = say("message-1", ALICE, "hello");
        Added again = add(draft("message-1", ALICE, null, "hello"));
        assertThat(again.fresh()).isFalse();
        assertThat(again.message()).isEqualTo(first);
        assertThat(get(store.add("h", "demo", draft("message-1", BOB, null, "mine"), null)))
                .isEqualTo(NotAdded.ID_TAKEN);
        assertThat(get(store.add("other", "else", draft("message-1", BOB, null, "mine"), null)))
                .isInstanceOf(Added.class);
        assertThat(texts(get(store.since("h", BOB.person(), 0)))).containsExactly("hello");
    }

    @Test
    void comesBackAsItWas() throws Exception {
        ChatMessage told = new ChatMessage(
                0,
                0,
                "message-1",
                Instant.ofEpochMilli(1_700_000_000_001L),
                ALICE,
                BOB,
                17L,
                "a\n\t\ud83d\ude00 ' \" \\ ; --",
                null,
                false);
        ChatMessage stored = add(told).message();
        database.close();
        database = Database.open(folder, new StoreFigures());
        store = database.chat();
        assertThat(get(store.since("h", BOB.person(), 0)).messages()).containsExactly(stored);
        assertThat(stored.text()).isEqualTo(told.text());
        assertThat(stored.replyTo()).isEqualTo(17);
        assertThat(stored.to()).isEqualTo(BOB);
        assertThat(get(store.kept())).containsExactly(new Kept("demo", "h", 1));
    }

    @Test
    void whatIsForOnePersonIsReadByNobodyElse() throws Exception {
        say("message-1", ALICE, "to all");
        get(store.add("h", "demo", draft("message-2", ALICE, BOB, "to bob"), null));
        say("message-3", BOB, "again to all");
        assertThat(texts(get(store.since("h", ALICE.person(), 0)))).containsExactly("to all", "to bob", "again to all");
        assertThat(texts(get(store.since("h", BOB.person(), 0)))).containsExactly("to all", "to bob", "again to all");
        assertThat(texts(get(store.since("h", CAROL.person(), 0)))).containsExactly("to all", "again to all");
        assertThat(texts(get(store.before("h", CAROL.person(), 100)))).containsExactly("to all", "again to all");
        assertThat(texts(get(store.since("h", "' or '1'='1", 0)))).containsExactly("to all", "again to all");
    }

    @Test
    void onlyItsSenderChangesAMessage() throws Exception {
        say("message-1", ALICE, "one");
        say("message-2", BOB, "two");
        assertThat(get(store.change("h", BOB.person(), 1, "forged"))).isEmpty();
        assertThat(get(store.change("h", BOB.person(), 1, null))).isEmpty();
        assertThat(get(store.change("h", BOB.person(), 99, "nothing"))).isEmpty();
        ChatMessage edited = get(store.change("h", ALICE.person(), 1, "uno")).orElseThrow();
        assertThat(edited.n()).isEqualTo(1);
        assertThat(edited.v()).isEqualTo(3);
        assertThat(edited.edited()).isTrue();
        assertThat(get(store.change("h", ALICE.person(), 1, "uno"))).contains(edited);
        ChatMessage deleted = get(store.change("h", ALICE.person(), 1, null)).orElseThrow();
        assertThat(deleted.v()).isEqualTo(4);
        assertThat(deleted.text()).isEmpty();
        assertThat(deleted.deleted()).isTrue();
        assertThat(get(store.change("h", ALICE.person(), 1, null))).contains(deleted);
        assertThat(get(store.change("h", ALICE.person(), 1, "back"))).isEmpty();
        assertThat(get(store.since("h", BOB.person(), 2)).messages()).containsExactly(deleted);
        assertThat(get(store.before("h", BOB.person(), 100)).messages())
                .extracting(ChatMessage::n)
                .containsExactly(1L, 2L);
    }

    @Test
    void theOldestGoWhenThereAreTooMany() throws Exception {
        ChatStore small = new SqlChatStore(database, 1_000);
        for (int i = 1; i < 1_700; i++) {
            small.add("h", "demo", draft("message-" + i, ALICE, null, "text"), null);
        }
        get(small.add("h", "demo", draft("message-last", ALICE, null, "last"), null));
        assertThat(rows("chat_message")).isEqualTo("1200");
        assertThat(get(small.since("h", BOB.person(), 0)).messages().getFirst().n())
                .isEqualTo(501);
    }

    @Test
    void historyComesInPages() throws Exception {
        int all = SqlChatStore.PAGE_MESSAGES + 10;
        for (int i = 1; i <= all; i++) {
            store.add("h", "demo", draft("message-" + i, ALICE, null, "text " + i), null);
        }
        say("message-last", ALICE, "last");
        Part first = get(store.since("h", BOB.person(), 0));
        assertThat(first.more()).isTrue();
        assertThat(first.messages()).hasSize(SqlChatStore.PAGE_MESSAGES);
        Part second =
                get(store.since("h", BOB.person(), first.messages().getLast().v()));
        assertThat(second.more()).isFalse();
        assertThat(second.messages()).hasSize(11);
        Part newest = get(store.before("h", BOB.person(), Long.MAX_VALUE));
        assertThat(newest.more()).isTrue();
        assertThat(newest.messages().getLast().text()).isEqualTo("last");
        assertThat(newest.messages().getFirst().n()).isEqualTo(12);
        Part oldest = get(store.before("h", BOB.person(), 12));
        assertThat(oldest.more()).isFalse();
        assertThat(oldest.messages()).hasSize(11);
    }

    @Test
    void aPageOfLongMessagesIsShorter() throws Exception {
        for (int i = 1; i <= 40; i++) {
            say("message-" + i, ALICE, "x".repeat(4_000));
        }
        Part page = get(store.since("h", BOB.person(), 0));
        assertThat(page.more()).isTrue();
        assertThat(page.messages()).hasSizeLessThan(40);
        assertThat(page.messages().size() * 4_000).isBetween(SqlChatStore.PAGE_CHARACTERS, 110_000);
    }

    @Test
    void whatIsErasedIsGoneAndTheRoomMayHaveAnother() throws Exception {
        for (int i = 1; i <= SqlChatStore.ERASED_AT_ONCE + 5; i++) {
            store.add("h", "demo", draft("message-" + i, ALICE, null, "secret " + i), null);
        }
        store.erase("h");
        get(store.add("next", "demo", draft("message-1", BOB, null, "new"), null));
        assertThat(get(store.kept())).containsExactly(new Kept("demo", "next", 1));
        while (!rows("chat_history").equals("1")) {
            Thread.onSpinWait();
        }
        assertThat(rows("chat_message")).isEqualTo("1");
        store.erase("unknown");
    }

    private String rows(String table) throws Exception {
        return get(database.read(connection -> connection.text("select count(*) from " + table)));
    }

    @Test
    void anErasureThatWasCutOffGoesOn() throws Exception {
        say("message-1", ALICE, "secret");
        get(database.write(connection -> {
            connection.execute("update chat_history set room = null");
            return true;
        }));
        assertThat(get(store.kept())).isEmpty();
        while (!rows("chat_history").equals("0")) {
            Thread.onSpinWait();
        }
        assertThat(rows("chat_message")).isEqualTo("0");
    }

    @Test
    void anyTextIsStoredExactly() throws Exception {
        Fuzz.random(200, random -> {
            String text = random.ints(20, 1, 0x10FFFF)
                    .filter(c -> Character.getType(c) != Character.SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String id = "random-" + Long.toUnsignedString(random.nextLong(), 36);
            try {
                ChatMessage stored = say(id, ALICE, text);
                assertThat(get(store.before("h", BOB.person(), stored.n() + 1))
                                .messages()
                                .getLast())
                        .isEqualTo(stored);
                assertThat(stored.text()).isEqualTo(text);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
