package dev.parley.signaling.whip;

import dev.parley.signaling.rooms.Member;
import dev.parley.signaling.rooms.RoomEvent;
import dev.parley.signaling.rooms.Seat;
import dev.parley.signaling.web.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A session that HTTP made: a publisher's or viewer's place in a room, under an address nobody can guess. Changes of
/// one session are made one after another, so that an entity tag says which generation of ICE they mean. Callable from
/// any thread.
final class MediaSession implements Member {
    private final Sessions sessions;
    private final String address;
    private final Runnable whenConnected;
    private volatile @Nullable Seat seat;
    private volatile String tag = "";
    private CompletionStage<Response> last = CompletableFuture.completedFuture(Response.empty(204));

    /// @param whenConnected called once, when media flows
    MediaSession(Sessions sessions, String address, Runnable whenConnected) {
        this.sessions = sessions;
        this.address = address;
        this.whenConnected = whenConnected;
    }

    /// The room's key and the id, with a slash between them.
    String address() {
        return address;
    }

    String tag() {
        return tag;
    }

    /// The place is taken.
    void seated(Seat taken) {
        seat = taken;
        tag = sessions.newTag();
    }

    /// A fragment of the client, RFC 9725 section 4.3.
    synchronized CompletionStage<Response> patch(@Nullable String condition, String fragment) {
        last = last.handle((_, _) -> condition).thenCompose(given -> patchNow(given, fragment));
        return last;
    }

    private CompletionStage<Response> patchNow(@Nullable String condition, String fragment) {
        Seat mine = seat;
        if (condition == null) {
            return now(WhipProblem.TAG_REQUIRED.says("If-Match: the ETag, or * to restart ICE"));
        }
        if (mine == null) {
            return now(WhipProblem.NOT_FOUND.says("this session has ended"));
        }
        if (!EntityTags.match(condition, tag)) {
            return now(WhipProblem.STALE_TAG.says("ICE was restarted since this ETag"));
        }
        Answering<Optional<String>> answer = new Answering<>(this::trickled);
        mine.trickle(fragment, answer);
        return answer.response();
    }

    private Response trickled(Optional<String> restarted) {
        if (restarted.isEmpty()) {
            return Response.empty(204);
        }
        tag = sessions.newTag();
        return Resource.text(200, Resource.FRAGMENT, restarted.get()).with("ETag", tag);
    }

    /// The client leaves. The address is dead before the answer, so that nobody leaves twice.
    CompletionStage<Response> delete() {
        Seat mine = seat;
        if (!sessions.remove(this) || mine == null) {
            return now(Sessions.noSession());
        }
        Answering<Seat> answer = new Answering<>(_ -> Response.empty(200));
        mine.leave(answer);
        return answer.response();
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedFuture(response);
    }

    // ---- from the room ----

    /// Nothing that a room tells has a way to such a client.
    @Override
    public void tell(RoomEvent event) {}

    @Override
    public void connected() {
        whenConnected.run();
    }

    @Override
    public void ended(Ending ending) {
        sessions.remove(this);
    }
}
