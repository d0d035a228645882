package dev.parley.signaling.socket;

import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.signaling.chat.Way;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.DataPort;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.rooms.RoomEvent;
import dev.parley.signaling.rooms.Seat;
import dev.parley.signaling.web.WebWatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One client's conversation on its data channels: the requests of section Chat, each answered on the channel on which
/// it came. Its state lives on one of the web's loops, so that nobody's JSON is read where all rooms wait; replies and
/// events come on the timeline and are handed over in order.
final class DataSocket implements DataPort {
    private final Seat seat;
    private final SfuParticipant media;
    private final ChatRequests chat;
    private final MessageWriter writer;
    private final WebWatch watch;
    private final Executor loop;
    private final RateLimit rate = new RateLimit(System.nanoTime());

    DataSocket(
            Seat seat, SfuParticipant media, ChatRequests chat, MessageWriter writer, WebWatch watch, Executor loop) {
        this.seat = seat;
        this.media = media;
        this.chat = chat;
        this.writer = writer;
        this.watch = watch;
        this.loop = loop;
    }

    @Override
    public void received(String label, boolean text, byte[] bytes) {
        loop.execute(() -> read(label, text, bytes));
    }

    private void read(String label, boolean text, byte[] bytes) {
        boolean within = rate.take(System.nanoTime());
        if (rate.hopeless()) {
            watch.limitHit("message_rate"); // not worth an answer any more
        } else if (bytes.length > MessageFrames.MESSAGE_BYTES_MAX) {
            watch.limitHit("message_size");
            refuse(label, null, bad("at most " + MessageFrames.MESSAGE_BYTES_MAX + " bytes, not " + bytes.length));
        } else {
            String json = text ? MessageFrames.decode(bytes) : null;
            if (json == null) {
                watch.limitHit("message_text");
                refuse(label, null, bad("text in UTF-8 only"));
            } else {
                read(label, json, within);
            }
        }
    }

    private void read(String label, String json, boolean within) {
        switch (MessageReader.read(json)) {
            case MessageReader.Good good when within -> carryOut(label, good.message());
            case MessageReader.Good good ->
                refuse(label, good.message().id(), new Refusal(RefusalCode.SLOW_DOWN, "too many messages"));
            case MessageReader.Bad wrong -> refuse(label, wrong.re(), wrong.refusal());
            case MessageReader.NoText _ -> refuse(label, null, bad("a string that is no text"));
            case MessageReader.Unreadable unreadable -> refuse(label, null, bad(unreadable.detail()));
        }
    }

    private void carryOut(String label, ClientMessage message) {
        if (!(message instanceof ClientMessage.Spoken request)) {
            refuse(label, message.id(), bad("type: by WebSocket only"));
            return;
        }
        try {
            chat.ask(seat, request, Way.DATA_CHANNEL, reply(label, message.id()));
        } catch (Refusal refusal) {
            refuse(label, message.id(), refusal);
        }
    }

    private Reply<ServerMessage> reply(String label, long re) {
        return new Reply<>() {
            @Override
            public void done(ServerMessage answer) {
                loop.execute(() -> send(label, MessageWriter.write(answer)));
            }

            @Override
            public void refused(Refusal refusal) {
                loop.execute(() -> refuse(label, re, refusal));
            }
        };
    }

    private static Refusal bad(String detail) {
        return new Refusal(RefusalCode.BAD_MESSAGE, detail);
    }

    private void refuse(String label, @Nullable Long re, Refusal refusal) {
        send(
                label,
                MessageWriter.write(new ServerMessage.Error(re, refusal.code().wireName(), refusal.detail())));
    }

    @Override
    public void tell(String label, RoomEvent.Spoken event) {
        byte[] shared = writer.write(event);
        loop.execute(() -> send(label, shared));
    }

    /// What a full channel did not take is not lost: the room tells elsewhere how far it is, and whoever waits for an
    /// answer asks again.
    private void send(String label, byte[] utf8) {
        media.send(label, DataMessage.of(true, utf8)).thenAccept(sent -> {
            if (sent.result() == DataSent.Result.FULL || sent.result() == DataSent.Result.TOO_LONG) {
                seat.dataFull(label);
            }
        });
    }
}
