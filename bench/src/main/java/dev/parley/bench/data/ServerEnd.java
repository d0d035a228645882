package dev.parley.bench.data;

import dev.parley.bench.synth.Door;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuEvents;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SfuRoom;
import dev.parley.sfu.api.Via;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The engine's end of a channel, by its message port: the door by which the one client comes in, and what happens
/// then. Keeps the channel full while there is something to send. Events and answers come on the media loop; what is
/// asked of it between two transfers may come from any other thread.
final class ServerEnd implements Door, SfuEvents {
    private final SfuRoom room;
    private final String label;
    private final CompletableFuture<String> opened = new CompletableFuture<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable SfuParticipant port;
    private volatile Outgoing outgoing = Outgoing.nothing();
    private volatile Arrivals arrivals = new Arrivals(0, 0);

    ServerEnd(SfuRoom room, String label) {
        this.room = room;
        this.label = label;
    }

    /// Completed when the client's channel is there.
    CompletableFuture<String> opened() {
        return opened;
    }

    @Override
    public CompletionStage<Admitted> enter(Visitor visitor) {
        ParticipantId id = new ParticipantId(visitor.name());
        JoinRequest request =
                new JoinRequest(id, visitor.name(), Via.WEB, visitor.offer(), visitor.announced(), null, this);
        return room.join(request).thenApply(this::joined);
    }

    private Admitted joined(JoinAnswer answer) {
        port = answer.participant();
        return new Admitted(answer.answer(), () -> answer.participant().close(CloseReason.LEFT));
    }

    void expect(Arrivals next) {
        arrivals = next;
    }

    /// When nothing of the former transfer is under way any more.
    void send(Outgoing messages) {
        outgoing = messages;
        pump();
    }

    /// One message at a time; the answer says whether there is room for the next one.
    private void pump() {
        Outgoing left = outgoing;
        if (left.more() && asking.compareAndSet(false, true)) {
            Objects.requireNonNull(port)
                    .send(label, new DataMessage(false, left.shared(), left.own()))
                    .thenAccept(this::sent);
        }
    }

    private void sent(DataSent sent) {
        asking.set(false);
        if (sent.result() == DataSent.Result.QUEUED) {
            outgoing.taken();
            if (sent.bufferedBytes() < Outgoing.WAITING_BYTES_MAX) {
                pump();
            }
        } else if (sent.result() != DataSent.Result.FULL) {
            arrivals.broken("the server could not send: " + sent);
        }
    }

    @Override
    public void on(SfuEvent event) {
        switch (event) {
            case SfuEvent.DataOpened open -> opened.complete(open.label());
            case SfuEvent.DataReceived message -> arrivals.came(message.bytes());
            case SfuEvent.DataReady _ -> pump();
            case SfuEvent.DataEnded ended -> arrivals.broken("the server ended it: " + ended.reason());
            default -> {}
        }
    }
}
