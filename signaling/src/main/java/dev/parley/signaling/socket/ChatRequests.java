package dev.parley.signaling.socket;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.chat.ChatPage;
import dev.parley.signaling.chat.ChatPost;
import dev.parley.signaling.chat.Way;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Reaction;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.rooms.Seat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's requests about chat, on their way from its seat, which says who asks, to `Chat`. Stateless; answers come
/// on the timeline.
final class ChatRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRequests.class);

    private final Chat chat;

    ChatRequests(Chat chat) {
        this.chat = chat;
    }

    void post(Seat seat, ClientMessage.Chat asked, Reply<ServerMessage> reply) {
        ChatPost post = new ChatPost(asked.message(), asked.text(), asked.reply());
        ParticipantId to = asked.to() == null ? null : new ParticipantId(asked.to());
        seat.converse(
                to,
                reply,
                (room, from, receiver) ->
                        said(asked.id(), chat.post(room, from, receiver, post, Way.WEBSOCKET), reply));
    }

    void edit(Seat seat, ClientMessage.ChatEdit asked, Reply<ServerMessage> reply) {
        change(seat, asked.id(), asked.n(), asked.text(), reply);
    }

    void delete(Seat seat, ClientMessage.ChatDelete asked, Reply<ServerMessage> reply) {
        change(seat, asked.id(), asked.n(), null, reply);
    }

    private void change(Seat seat, long re, long n, @Nullable String text, Reply<ServerMessage> reply) {
        seat.converse(null, reply, (room, from, _) -> said(re, chat.change(room, from, n, text, Way.WEBSOCKET), reply));
    }

    private static void said(long re, CompletionStage<ChatMessage> asked, Reply<ServerMessage> reply) {
        asked.whenComplete((message, failure) -> {
            if (failure == null) {
                reply.done(new ServerMessage.Said(
                        re, message.n(), message.v(), message.at().toString()));
            } else {
                reply.refused(refusal(failure));
            }
        });
    }

    void history(Seat seat, ClientMessage.History asked, Reply<ServerMessage> reply) {
        seat.converse(null, reply, (room, reader, _) -> {
            CompletionStage<ChatPage> page = asked.since() != null
                    ? chat.since(room, reader, asked.since())
                    : chat.before(room, reader, asked.before() == null ? Long.MAX_VALUE : asked.before());
            page.whenComplete((read, failure) -> {
                if (failure == null) {
                    reply.done(new ServerMessage.History(
                            asked.id(),
                            read.messages().stream()
                                    .map(message -> ChatJson.of(message, reader.person()))
                                    .toList(),
                            read.last(),
                            read.more()));
                } else {
                    reply.refused(refusal(failure));
                }
            });
        });
    }

    static Reaction reaction(ClientMessage.React asked) {
        return new Reaction(asked.reaction());
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        LOG.error("chat failed", cause);
        return new Refusal(RefusalCode.INTERNAL, "this could not be done");
    }
}
