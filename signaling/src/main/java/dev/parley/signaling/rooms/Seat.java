package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.signaling.model.Reaction;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one connection, a socket or data channels, may ask for its place. Callable from any thread; replies come on the
/// timeline. A connection whose place ended or moved to another one is refused.
public final class Seat {
    private final Timeline timeline;
    private final Room room;
    private final Place place;
    private final BooleanSupplier valid;
    private final Runnable lost;

    /// @param valid whether the connection has the place still; asked on the timeline
    /// @param lost what becomes of the place without it
    Seat(Timeline timeline, Room room, Place place, BooleanSupplier valid, Runnable lost) {
        this.timeline = timeline;
        this.room = room;
        this.place = place;
        this.valid = valid;
        this.lost = lost;
    }

    public void offer(String sdp, Reply<String> reply) {
        onTransport(reply, p -> room.offer(p, sdp, reply));
    }

    /// A fragment of the client's transport, RFC 8840; the answer has ours when ICE was restarted.
    public void trickle(String fragment, Reply<Optional<String>> reply) {
        onTransport(reply, p -> room.trickle(p, fragment, reply));
    }

    public void mute(TrackSource source, boolean muted, Reply<Seat> reply) {
        onTransport(reply, p -> {
            p.transport().muted(source, muted);
            reply.done(this);
        });
    }

    /// What the page shows, and the most that it wants to be sent.
    public void view(List<ViewedTile> tiles, long capBps, Reply<Seat> reply) {
        onTransport(reply, p -> {
            p.transport().view(tiles);
            p.transport().cap(capBps);
            reply.done(this);
        });
    }

    /// What the client made of what it was sent.
    public void report(List<SlotReport> reports, Reply<Seat> reply) {
        onTransport(reply, p -> {
            p.transport().report(reports);
            reply.done(this);
        });
    }

    /// The people after the cursor `after` of an earlier page, 0 for the first.
    public void people(long after, Reply<PeoplePage> reply) {
        onPlace(reply, _ -> reply.done(room.people(after)));
    }

    /// Lets whoever has this seat say something.
    ///
    /// @param to the id of the one person it is for; null for everybody
    public void converse(@Nullable ParticipantId to, Reply<?> reply, Conversing conversing) {
        onPlace(reply, p -> room.converse(p, to, conversing));
    }

    public void hand(boolean up, Reply<Seat> reply) {
        onPlace(reply, p -> {
            room.talk().hand(p, up);
            reply.done(this);
        });
    }

    public void react(Reaction reaction, Reply<Seat> reply) {
        onPlace(reply, p -> {
            room.talk().react(p, reaction);
            reply.done(this);
        });
    }

    public void typing(boolean on, Reply<Seat> reply) {
        onPlace(reply, p -> {
            room.talk().typing(p, on);
            reply.done(this);
        });
    }

    public void leave(Reply<Seat> reply) {
        onPlace(reply, p -> {
            reply.done(this);
            room.leave(p);
        });
    }

    /// The data channel of this label took nothing of what was sent.
    public void dataFull(String label) {
        timeline.run(() -> room.dataFull(place, label));
    }

    /// The connection is gone without a word.
    public void lost() {
        timeline.run(lost);
    }

    private void onTransport(Reply<?> reply, Consumer<Place> action) {
        onPlace(reply, p -> {
            if (p.transportGone) {
                reply.refused(new Refusal(RefusalCode.GONE, "this place has no transport any more: join anew"));
            } else {
                action.accept(p);
            }
        });
    }

    private void attempt(Reply<?> reply, Consumer<Place> action) {
        try {
            action.accept(place);
        } catch (Refusal refusal) {
            reply.refused(refusal);
        }
    }

    private void onPlace(Reply<?> reply, Consumer<Place> action) {
        timeline.run(() -> {
            if (valid.getAsBoolean()) {
                attempt(reply, action);
            } else {
                reply.refused(new Refusal(RefusalCode.GONE, "this place has ended or is elsewhere"));
            }
        });
    }
}
