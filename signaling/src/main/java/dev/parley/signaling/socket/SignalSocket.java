package dev.parley.signaling.socket;

import dev.parley.signaling.chat.Way;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.Joined;
import dev.parley.signaling.rooms.Member;
import dev.parley.signaling.rooms.PeoplePage;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.rooms.RoomEvent;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.rooms.Seat;
import dev.parley.signaling.web.Origin;
import dev.parley.signaling.web.PersonJson;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One client's conversation: its requests go to the rooms, what the rooms say comes back as messages. Its state lives
/// on the connection's loop; replies and events come on the timeline and are handed over in order.
final class SignalSocket implements SocketConnection.Listener, Member {
    /// From the upgrade to the first message.
    static final long FIRST_MESSAGE_MS = 5_000;
    /// From the upgrade to a join that succeeded; in between a person may choose another name.
    static final long JOINED_MS = 60_000;

    private final Rooms rooms;
    private final ChatRequests chat;
    private final MessageWriter writer;
    private final @Nullable FilesOffer files;
    private final Origin origin;
    private final Runnable onSeated;
    private @Nullable SocketConnection opened;
    private @Nullable Seat seat;
    private boolean heard;
    private boolean joining;
    private boolean closed;

    /// @param onSeated runs when the join succeeded
    SignalSocket(
            Rooms rooms,
            ChatRequests chat,
            MessageWriter writer,
            @Nullable FilesOffer files,
            Origin origin,
            Runnable onSeated) {
        this.rooms = rooms;
        this.chat = chat;
        this.writer = writer;
        this.files = files;
        this.origin = origin;
        this.onSeated = onSeated;
    }

    private SocketConnection connection() {
        return Objects.requireNonNull(opened);
    }

    @Override
    public void opened(SocketConnection connection) {
        opened = connection;
        connection.after(FIRST_MESSAGE_MS, () -> giveUpUnless(heard));
        connection.after(JOINED_MS, () -> giveUpUnless(joining || seat != null));
    }

    private void giveUpUnless(boolean going) {
        if (!going && !closed) {
            connection().expire();
        }
    }

    @Override
    public void closed() {
        closed = true;
        if (seat != null) {
            seat.lost();
        }
    }

    @Override
    public void message(String text, boolean within) {
        heard = true;
        switch (MessageReader.read(text)) {
            case MessageReader.Good good when within -> carryOut(good.message());
            case MessageReader.Good good ->
                refuse(good.message().id(), new Refusal(RefusalCode.SLOW_DOWN, "too many messages"));
            case MessageReader.Bad bad -> refuse(bad.re(), bad.refusal());
            case MessageReader.NoText _ -> connection().close(1007, "a string that is no text");
            case MessageReader.Unreadable unreadable -> {
                refuse(null, new Refusal(RefusalCode.BAD_MESSAGE, unreadable.detail()));
                connection().close(4400, "not a message");
            }
        }
    }

    private void carryOut(ClientMessage message) {
        if (message instanceof ClientMessage.Join join) {
            join(join);
        } else if (seat == null) {
            refuse(message.id(), new Refusal(RefusalCode.BAD_MESSAGE, "join first"));
        } else {
            ask(seat, message);
        }
    }

    private void join(ClientMessage.Join join) {
        if (joining || seat != null) {
            refuse(join.id(), new Refusal(RefusalCode.BAD_MESSAGE, "this socket has joined already"));
            return;
        }
        try {
            var command = Requests.command(join, origin);
            joining = true;
            rooms.join(command, this, joined(join.id()));
        } catch (Refusal refusal) {
            refuse(join.id(), refusal);
        }
    }

    private void ask(Seat at, ClientMessage message) {
        try {
            switch (message) {
                case ClientMessage.Offer m ->
                    at.offer(m.offer(), reply(m.id(), answer -> new ServerMessage.Answer(m.id(), answer)));
                case ClientMessage.Mute m -> at.mute(Requests.source(m.source()), m.muted(), done(m.id()));
                case ClientMessage.View m -> at.view(Requests.tiles(m.tiles()), Requests.cap(m), done(m.id()));
                case ClientMessage.Report m -> at.report(Requests.reports(m.slots()), done(m.id()));
                case ClientMessage.People m ->
                    at.people(Requests.cursor(m), reply(m.id(), page -> people(m.id(), page)));
                case ClientMessage.Spoken m -> chat.ask(at, m, Way.WEBSOCKET, answer(m.id()));
                case ClientMessage.Leave m -> at.leave(done(m.id()));
                case ClientMessage.Ping m -> connection().send(MessageWriter.write(new ServerMessage.Done(m.id())));
                case ClientMessage.Join _ -> throw new IllegalStateException("joins do not come here");
            }
        } catch (Refusal refusal) {
            refuse(message.id(), refusal);
        }
    }

    private static ServerMessage people(long re, PeoplePage page) {
        return new ServerMessage.People(
                re, PersonJson.all(page.people()), page.next() == null ? null : String.valueOf(page.next()));
    }

    private Reply<ServerMessage> answer(long re) {
        return reply(re, answer -> answer);
    }

    private Reply<Seat> done(long re) {
        return reply(re, _ -> new ServerMessage.Done(re));
    }

    private <T> Reply<T> reply(long re, Function<T, ServerMessage> answer) {
        return new Reply<>() {
            @Override
            public void done(T value) {
                connection().run(() -> connection().send(MessageWriter.write(answer.apply(value))));
            }

            @Override
            public void refused(Refusal refusal) {
                connection().run(() -> refuse(re, refusal));
            }
        };
    }

    private Reply<Joined> joined(long re) {
        return new Reply<>() {
            @Override
            public void done(Joined joined) {
                connection().run(() -> seated(re, joined));
            }

            @Override
            public void refused(Refusal refusal) {
                connection().run(() -> {
                    joining = false;
                    refuse(re, refusal);
                });
            }
        };
    }

    private void seated(long re, Joined joined) {
        joining = false;
        seat = joined.seat();
        if (closed) {
            seat.lost();
            return;
        }
        onSeated.run();
        connection()
                .send(MessageWriter.write(new ServerMessage.Joined(
                        re,
                        joined.participant().value(),
                        joined.answer(),
                        joined.resume(),
                        joined.slots(),
                        PersonJson.all(joined.participants()),
                        joined.viewers(),
                        joined.people(),
                        new ServerMessage.Joined.Chat(
                                joined.chat().history(), joined.chat().last()),
                        MessageWriter.ids(joined.hands().up()),
                        files(joined.pass()))));
    }

    private ServerMessage.Joined.@Nullable Files files(String pass) {
        return files == null ? null : new ServerMessage.Joined.Files(pass, files.maxBytes(), files.partBytes());
    }

    private void refuse(@Nullable Long re, Refusal refusal) {
        connection()
                .send(MessageWriter.write(
                        new ServerMessage.Error(re, refusal.code().wireName(), refusal.detail())));
    }

    @Override
    public void tell(RoomEvent event) {
        byte[] text = writer.write(event);
        connection().run(() -> connection().send(text));
    }

    @Override
    public void ended(Ending ending) {
        connection().run(() -> {
            switch (ending) {
                case LEFT -> connection().close(1000, "left");
                case MOVED -> connection().close(4001, "moved");
                case GONE -> connection().close(4002, "the place has ended");
                case DRAINING -> connection().close(1001, "the server stops");
            }
        });
    }
}
