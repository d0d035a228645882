package dev.parley.signaling.whip;

import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.rooms.Tokens;
import dev.parley.signaling.web.Request;
import dev.parley.signaling.web.Response;
import dev.parley.signaling.web.Router;
import dev.parley.signaling.web.WebWatch;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The resources of publishers (WHIP, [RFC 9725](https://www.rfc-editor.org/rfc/rfc9725)) and viewers (WHEP,
/// [draft-ietf-wish-whep](https://datatracker.ietf.org/doc/draft-ietf-wish-whep/)), docs/protocol.md:
///
///     /whip/{room}                 POST     publishes
///     /whip/{room}/{session}       PATCH    candidates, ICE restart       DELETE  leaves
///     /whep/{room}                 POST     watches whoever speaks
///     /whep/{room}/{participant}   POST     watches one person
///     /whep/{room}/{session}       PATCH    candidates, ICE restart       DELETE  leaves
public final class WhipApi {
    /// What `docs/protocol.md` promises; the offer of a browser has 10 KiB.
    static final int BODY_BYTES_MAX = 256 * 1024;

    private final Sessions publishers;
    private final Sessions viewers;
    private final Entry publish;
    private final Entry view;

    public WhipApi(Rooms rooms, Tokens tokens, WebWatch watch) {
        Attempts attempts = new Attempts();
        publishers = new Sessions(tokens);
        viewers = new Sessions(tokens);
        publish = new Entry(Via.WHIP, "/whip/", rooms, publishers, tokens, attempts, watch);
        view = new Entry(Via.WHEP, "/whep/", rooms, viewers, tokens, attempts, watch);
    }

    public void addTo(Router router) {
        add(router, "/whip/{room}", new Resource().on("POST", publish::post));
        add(router, "/whip/{room}/{of}", session(publishers));
        add(router, "/whep/{room}", new Resource().on("POST", view::post));
        add(router, "/whep/{room}/{of}", session(viewers).on("POST", view::post));
    }

    private static void add(Router router, String pattern, Resource resource) {
        router.resource(pattern, BODY_BYTES_MAX, Resource.CORS, resource);
    }

    private static Resource session(Sessions sessions) {
        return new Resource()
                .on("PATCH", request -> patch(find(sessions, request), request))
                .on("DELETE", request -> delete(find(sessions, request)));
    }

    private static @Nullable MediaSession find(Sessions sessions, Request request) {
        return sessions.find(RoomName.of(request.captured("room")).key(), request.captured("of"));
    }

    private static CompletionStage<Response> patch(@Nullable MediaSession session, Request request) {
        if (session == null) {
            return CompletableFuture.completedFuture(Sessions.noSession());
        }
        if (!Resource.carries(request, Resource.FRAGMENT)) {
            return CompletableFuture.completedFuture(
                    WhipProblem.WRONG_MEDIA_TYPE.says("Content-Type: " + Resource.FRAGMENT));
        }
        return session.patch(request.header("If-Match"), new String(request.body(), StandardCharsets.UTF_8));
    }

    private static CompletionStage<Response> delete(@Nullable MediaSession session) {
        return session == null ? CompletableFuture.completedFuture(Sessions.noSession()) : session.delete();
    }
}
