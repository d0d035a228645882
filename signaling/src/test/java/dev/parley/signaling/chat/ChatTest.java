package dev.parley.signaling.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.netsim.Fuzz;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.Speaker;
import dev.parley.signaling.testing.VirtualTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChatTest {
    private static final Speaker ALICE = new Speaker("p_a", "alice", "key-a");
    private static final Speaker BOB = new Speaker("p_b", "bob", "key-b");

    private final VirtualTimeline time = new VirtualTimeline();
    private final MemoryChatStore store = new MemoryChatStore();
    private final List<String> heard = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<String> limits = new ArrayList<>();
    private int histories;
    private final Chat chat = new Chat(
            store,
            time::run,
            time::nowNs,
            time::wallClock,
            () -> "h" + ++histories,
            (room, message) -> heard.add(room + " " + message.v() + " " + message.text()),
            new ChatWatch() {
                @Override
                public void said(Way way) {
                    ways.add(way);
                }

                @Override
                public void limitHit(String limit) {
                    limits.add(limit);
                }
            });

    private CompletionStage<ChatMessage> post(Speaker from, String id, String text) {
        return chat.post("demo", from, null, new ChatPost(id, text, null), Way.WEBSOCKET);
    }

    private void settle() {
        store.commit();
        time.settle();
    }

    private static @Nullable Refusal refusal(Runnable asked) {
        return catchThrowableOfType(Refusal.class, asked::run);
    }

    @Test
    void answersAndTellsAfterTheCommitAndInThatOrder() {
        List<String> order = new ArrayList<>();
        post(ALICE, "message-1", "hello")
                .thenAccept(m -> order.add("answered " + m.n() + ", heard by " + heard.size()));
        time.settle();
        assertThat(order).isEmpty();
        assertThat(heard).isEmpty();
        settle();
        assertThat(order).containsExactly("answered 1, heard by 0");
        assertThat(heard).containsExactly("demo 1 hello");
        assertThat(chat.head("demo").last()).isEqualTo(1);
        assertThat(ways).containsExactly(Way.WEBSOCKET);
    }

    @Test
    void whatIsSentAgainIsAnsweredAgainAndHeardOnce() {
        post(ALICE, "message-1", "hello");
        settle();
        List<Long> answered = new ArrayList<>();
        post(ALICE, "message-1", "hello").thenAccept(m -> answered.add(m.n()));
        settle();
        assertThat(answered).containsExactly(1L);
        assertThat(heard).hasSize(1);
        assertThat(ways).hasSize(1);
    }

    @Test
    void anIdOfSomebodyElseIsRefused() {
        post(ALICE, "message-1", "hello");
        var stolen = post(BOB, "message-1", "mine");
        settle();
        assertThatThrownBy(() -> stolen.toCompletableFuture().join()).hasMessageContaining("another message");
        assertThat(heard).hasSize(1);
    }

    @Test
    void whatIsNotStoredIsHeardByNobody() {
        store.broken = true;
        var lost = post(ALICE, "message-1", "hello");
        settle();
        assertThatThrownBy(() -> lost.toCompletableFuture().join()).hasMessageContaining("the disk is full");
        assertThat(heard).isEmpty();
        store.broken = false;
        post(ALICE, "message-1", "hello");
        settle();
        assertThat(heard).hasSize(1);
    }

    @Test
    @DisplayName(
            "hostile D08 who says a thousand things in a second is told to slow down, and nothing is lost silently")
    void hostile_D08_tooMany() {
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            Refusal refusal = refusal(() -> post(ALICE, "message-" + number, "text"));
            taken += refusal == null ? 1 : 0;
            refused += refusal != null && refusal.code() == RefusalCode.SLOW_DOWN ? 1 : 0;
            time.pass(Duration.ofMillis(1));
        }
        settle();
        assertThat(taken).isBetween(30, 41);
        assertThat(taken + refused).isEqualTo(1_000);
        assertThat(heard).hasSize(taken);
        assertThat(limits).contains("chat_rate").hasSize(refused);
        assertThat(refusal(() -> post(BOB, "message-of-bob", "text"))).isNull();
        time.pass(Duration.ofSeconds(3));
        assertThat(refusal(() -> post(ALICE, "message-later", "text"))).isNull();
    }

    @Test
    void aRoomHasALimitOfItsOwn() {
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            Speaker somebody = new Speaker("p_" + i, "guest " + i, "key-" + i);
            String id = "message-" + i;
            taken += refusal(() -> post(somebody, id, "text")) == null ? 1 : 0;
        }
        assertThat(taken).isEqualTo((int) Conversation.ROOM_BURST);
        assertThat(limits).containsOnly("chat_room_rate");
    }

    @Test
    void editsAndDeletionsAreHeardUnderNewNumbers() {
        post(ALICE, "message-1", "hello");
        settle();
        chat.change("demo", ALICE, 1, "hullo", Way.DATA_CHANNEL);
        chat.change("demo", ALICE, 1, null, Way.WEBSOCKET);
        var forged = chat.change("demo", BOB, 1, "forged", Way.WEBSOCKET);
        settle();
        assertThat(heard).containsExactly("demo 1 hello", "demo 2 hullo", "demo 3 ");
        assertThatThrownBy(() -> forged.toCompletableFuture().join()).hasMessageContaining("no message of yours");
        assertThat(ways).containsExactly(Way.WEBSOCKET, Way.DATA_CHANNEL, Way.WEBSOCKET);
    }

    @Test
    void aPageSaysHowFarItsReaderHasGot() {
        post(ALICE, "message-1", "one");
        chat.post("demo", ALICE, BOB, new ChatPost("message-2", "for bob", null), Way.WEBSOCKET);
        settle();
        List<ChatPage> pages = new ArrayList<>();
        Speaker carol = new Speaker("p_c", "carol", "key-c");
        chat.since("demo", carol, 0).thenAccept(pages::add);
        chat.since("demo", BOB, 0).thenAccept(pages::add);
        chat.before("demo", BOB, Long.MAX_VALUE).thenAccept(pages::add);
        settle();
        assertThat(pages).extracting(page -> page.messages().size()).containsExactly(1, 2, 2);
        assertThat(pages).extracting(ChatPage::last).containsExactly(2L, 2L, 2L);
    }

    @Test
    void isErasedWithTheRoomAndBeginsAnew() {
        post(ALICE, "message-1", "hello");
        settle();
        assertThat(chat.head("demo").history()).isEqualTo("h1");
        chat.ended("demo");
        assertThat(store.erased).containsExactly("h1");
        assertThat(chat.head("demo").history()).isEqualTo("h2");
        assertThat(chat.head("demo").last()).isZero();
        chat.ended("never heard of");
        assertThat(store.erased).hasSize(1);
    }

    @Test
    void whatWasKeptWaitsForThoseWhoComeBack() {
        chat.restore(List.of(new ChatStore.Kept("demo", "old", 7), new ChatStore.Kept("other", "older", 3)));
        chat.ended("demo"); // somebody was refused
        assertThat(chat.head("demo").history()).isEqualTo("old");
        assertThat(chat.head("demo").last()).isEqualTo(7);
        chat.ended("demo"); // one came back first, and left
        assertThat(store.erased).isEmpty();
        assertThat(chat.head("demo").history()).isEqualTo("old");
        chat.forgetAbandoned();
        assertThat(store.erased).containsExactly("older");
        chat.ended("other");
        chat.ended("demo");
        assertThat(store.erased).containsExactly("older", "old");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        assertThat(refusal(() -> new ChatPost("short", "text", null))).hasMessageContaining("message:");
        assertThat(refusal(() -> new ChatPost("message 1", "text", null))).hasMessageContaining("message:");
        assertThat(refusal(() -> new ChatPost("m".repeat(65), "text", null))).hasMessageContaining("message:");
        assertThat(refusal(() -> new ChatPost("message-1", " \n", null))).hasMessageContaining("text:");
        assertThat(refusal(() -> new ChatPost("message-1", "bell\u0007", null))).hasMessageContaining("control");
        assertThat(refusal(() -> new ChatPost("message-1", "text", 0L))).hasMessageContaining("reply:");
        String most = "\ud83d\ude00".repeat(ChatPost.CODE_POINTS_MAX);
        assertThat(refusal(() -> new ChatPost("message-1", most, null))).isNull();
        assertThat(refusal(() -> new ChatPost("message-1", most + "x", null))).hasMessageContaining("text:");
        assertThat(refusal(() -> chat.change("demo", ALICE, 1, "", Way.WEBSOCKET)))
                .hasMessageContaining("text:");
    }

    @Test
    void markupAndLinksAreTextLikeAnyOther() {
        for (String text :
                List.of("<script>alert(1)</script>", "javascript:alert(1)", "\u202eevil", "%3Cimg src=x%3E")) {
            assertThat(new ChatPost("message-1", text, null).text()).isEqualTo(text);
        }
    }

    @Test
    void anyTextIsTakenOrRefused() {
        Fuzz.bytes(Fuzz.runs(50_000), 64, bytes -> {
            String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_16);
            try {
                assertThat(new ChatPost("message-1", text, null).text()).isEqualTo(text);
            } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(RefusalCode.BAD_MESSAGE);
            }
        });
    }
}
