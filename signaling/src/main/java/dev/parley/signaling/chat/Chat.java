package dev.parley.signaling.chat;

import dev.parley.signaling.model.ChatHead;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.Speaker;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The chat of all rooms. Everything that is said passes `post`, whatever way it came: rights and rates, the database,
/// and only then the answer and the others. On the timeline, as are the answers; nothing here waits.
public final class Chat {
    /// How long what was said before a restart waits for somebody to come back to it.
    public static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final ChatStore store;
    private final Executor timeline;
    private final LongSupplier nowNs;
    private final InstantSource clock;
    private final Supplier<String> histories;
    private final Audience audience;
    private final ChatWatch watch;
    private final Map<String, Conversation> conversations = new HashMap<>();
    private boolean waitingForReturn = true;

    /// @param histories makes names that nobody guesses
    public Chat(
            ChatStore store,
            Executor timeline,
            LongSupplier nowNs,
            InstantSource clock,
            Supplier<String> histories,
            Audience audience,
            ChatWatch watch) {
        this.store = store;
        this.timeline = timeline;
        this.nowNs = nowNs;
        this.clock = clock;
        this.histories = histories;
        this.audience = audience;
        this.watch = watch;
    }

    /// What was kept when the last process ended; before anybody joins.
    public void restore(List<ChatStore.Kept> kept) {
        for (ChatStore.Kept each : kept) {
            conversations.put(each.room(), new Conversation(each.history(), each.last(), true, nowNs.getAsLong()));
        }
    }

    /// `KEPT_FOR` after the start: whoever has not come back to a room by now does not.
    public void forgetAbandoned() {
        waitingForReturn = false;
        conversations.values().removeIf(conversation -> {
            if (!conversation.open) {
                store.erase(conversation.history);
            }
            return !conversation.open;
        });
    }

    /// Where the chat of a room stands that is open.
    public ChatHead head(String room) {
        Conversation conversation = open(room);
        return new ChatHead(conversation.history, conversation.last);
    }

    private Conversation open(String room) {
        Conversation conversation = conversations.computeIfAbsent(
                room, _ -> new Conversation(histories.get(), 0, false, nowNs.getAsLong()));
        conversation.open = true;
        return conversation;
    }

    /// The room is over, and its chat with it.
    public void ended(String room) {
        Conversation conversation = conversations.get(room);
        if (conversation == null || !conversation.open) { // nobody got in
            return;
        }
        conversation.open = false;
        if (!conversation.restored || !waitingForReturn) {
            conversations.remove(room);
            store.erase(conversation.history);
        }
    }

    /// The one entry: says something in a room. Done when it is on the disk, before anybody hears it; said again, it is
    /// answered as it was the first time and nobody hears it twice.
    ///
    /// @param to null for everybody
    public CompletionStage<ChatMessage> post(String room, Speaker from, @Nullable Speaker to, ChatPost post, Way way) {
        Conversation conversation = open(room);
        mayWrite(conversation, from);
        ChatMessage draft = new ChatMessage(
                0,
                0,
                post.id(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                from,
                to,
                post.replyTo(),
                post.text(),
                null,
                false);
        return onTimeline(store.add(conversation.history, room, draft, post.file()), (outcome, answer) -> {
            ChatStore.Added done = added(outcome);
            return () -> {
                answer.complete(done.message());
                if (done.fresh()) {
                    tell(room, conversation, done.message(), way);
                }
            };
        });
    }

    private static ChatStore.Added added(ChatStore.Outcome outcome) {
        return switch (outcome) {
            case ChatStore.Added done -> done;
            case ChatStore.NotAdded.ID_TAKEN ->
                throw new Refusal(RefusalCode.BAD_MESSAGE, "message: this id is that of another message");
            case ChatStore.NotAdded.NO_FILE ->
                throw new Refusal(RefusalCode.BAD_MESSAGE, "file: no whole file of yours that is not shown yet");
        };
    }

    /// Changes what `from` said, or deletes it where `text` is null.
    public CompletionStage<ChatMessage> change(String room, Speaker from, long n, @Nullable String text, Way way) {
        if (text != null) {
            ChatPost.check(text);
        }
        Conversation conversation = open(room);
        mayWrite(conversation, from);
        return onTimeline(store.change(conversation.history, from.person(), n, text), (changed, answer) -> {
            ChatMessage message = changed.orElseThrow(
                    () -> new Refusal(RefusalCode.FORBIDDEN, "n: no message of yours that is still there"));
            return () -> {
                answer.complete(message);
                if (message.v() > conversation.last) { // else it was like that before
                    tell(room, conversation, message, way);
                }
            };
        });
    }

    private void tell(String room, Conversation conversation, ChatMessage message, Way way) {
        conversation.last = message.v();
        watch.said(way);
        audience.tell(room, message);
    }

    /// What was said or changed after `v`.
    public CompletionStage<ChatPage> since(String room, Speaker reader, long v) {
        Conversation conversation = open(room);
        mayAsk(conversation, reader);
        long last = conversation.last;
        return onTimeline(store.since(conversation.history, reader.person(), v), (part, answer) -> {
            List<ChatMessage> page = ChatPage.first(part.messages());
            boolean more = part.more() || page.size() < part.messages().size();
            long read = page.isEmpty() ? v : page.getLast().v();
            long upTo = more ? read : Math.max(last, read);
            return () -> answer.complete(new ChatPage(page, upTo, more));
        });
    }

    /// The last messages before `n`, as they are now.
    public CompletionStage<ChatPage> before(String room, Speaker reader, long n) {
        Conversation conversation = open(room);
        mayAsk(conversation, reader);
        long last = conversation.last;
        return onTimeline(store.before(conversation.history, reader.person(), n), (part, answer) -> {
            List<ChatMessage> page = ChatPage.last(part.messages());
            boolean more = part.more() || page.size() < part.messages().size();
            return () -> answer.complete(new ChatPage(page, last, more));
        });
    }

    private void mayWrite(Conversation conversation, Speaker speaker) {
        mayAsk(conversation, speaker);
        if (!conversation.roomMay(nowNs.getAsLong())) {
            watch.limitHit("chat_room_rate");
            throw new Refusal(RefusalCode.SLOW_DOWN, "too much is said in this room; send it again in a second");
        }
    }

    private void mayAsk(Conversation conversation, Speaker speaker) {
        if (!conversation.personMay(speaker.person(), nowNs.getAsLong())) {
            watch.limitHit("chat_rate");
            throw new Refusal(RefusalCode.SLOW_DOWN, "too many messages; send it again in a second");
        }
    }

    /// Takes the database's answer back to the timeline; what cannot be answered is refused.
    private <T, A> CompletionStage<A> onTimeline(
            CompletionStage<T> asked, BiFunction<T, CompletableFuture<A>, Runnable> then) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        Consumer<Throwable> refuse = answer::completeExceptionally;
        asked.whenComplete((value, failure) -> timeline.execute(() -> {
            if (failure != null) {
                refuse.accept(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                return;
            }
            Runnable act;
            try {
                act = then.apply(value, answer);
            } catch (Refusal refusal) {
                refuse.accept(refusal);
                return;
            }
            act.run();
        }));
        return answer;
    }
}
