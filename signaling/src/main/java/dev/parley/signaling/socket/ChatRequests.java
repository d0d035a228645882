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

/// A client's requests of section Chat, whatever way they came, on their way from its seat, which says who asks, to
/// `Chat`. Stateless; answers come on the timeline.
final class ChatRequests {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRequests.class);

    private final Chat chat;

    ChatRequests(Chat chat) {
        this.chat = chat;
    }

    /// May throw a `Refusal`.
    void ask(Seat at, ClientMessage.Spoken request, Way way, Reply<ServerMessage> reply) {
        switch (request) {
            case ClientMessage.Chat m -> post(at, m, way, reply);
            case ClientMessage.ChatEdit m -> change(at, m.id(), m.n(), m.text(), way, reply);
            case ClientMessage.ChatDelete m -> change(at, m.id(), m.n(), null, way, reply);
            case ClientMessage.History m -> history(at, m, reply);
            case ClientMessage.React m -> at.react(new Reaction(m.reaction()), done(m.id(), reply));
            case ClientMessage.Hand m -> at.hand(m.up(), done(m.id(), reply));
            case ClientMessage.Typing m -> at.typing(m.typing(), done(m.id(), reply));
        }
    }

    private void post(Seat seat, ClientMessage.Chat asked, Way way, Reply<ServerMessage> reply) {
        ChatPost post = new ChatPost(asked.message(), asked.text(), asked.reply(), asked.file());
        ParticipantId to = asked.to() == null ? null : new ParticipantId(asked.to());
        seat.converse(
                to,
                reply,
                (room, from, receiver) -> said(asked.id(), chat.post(room, from, receiver, post, way), reply));
    }

    private void change(Seat seat, long re, long n, @Nullable String text, Way way, Reply<ServerMessage> reply) {
        seat.converse(null, reply, (room, from, _) -> said(re, chat.change(room, from, n, text, way), reply));
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

    private void history(Seat seat, ClientMessage.History asked, Reply<ServerMessage> reply) {
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

    private static Reply<Seat> done(long re, Reply<ServerMessage> reply) {
        return new Reply<>() {
            @Override
            public void done(Seat seat) {
                reply.done(new ServerMessage.Done(re));
            }

            @Override
            public void refused(Refusal refusal) {
                reply.refused(refusal);
            }
        };
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
