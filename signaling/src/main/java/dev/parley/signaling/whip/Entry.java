package dev.parley.signaling.whip;

import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.Joined;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.rooms.Tokens;
import dev.parley.signaling.web.Request;
import dev.parley.signaling.web.Response;
import dev.parley.signaling.web.UrlPath;
import dev.parley.signaling.web.WebWatch;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes publishers, or viewers, into rooms: an offer comes by `POST`, the answer goes back with the address of the
/// session, RFC 9725 section 4.2. Callable from any thread.
final class Entry {
    private static final int GUEST_CHARACTERS = 4;
    /// Two guests of one name in one room are rare: 36^4 names.
    private static final int GUEST_TRIES = 8;

    private final Via via;
    private final String prefix;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Attempts attempts;
    private final WebWatch watch;

    /// @param prefix of the addresses of sessions, `/whip/`
    Entry(Via via, String prefix, Rooms rooms, Sessions sessions, Tokens tokens, Attempts attempts, WebWatch watch) {
        this.via = via;
        this.prefix = prefix;
        this.rooms = rooms;
        this.sessions = sessions;
        this.tokens = tokens;
        this.attempts = attempts;
        this.watch = watch;
    }

    CompletionStage<Response> post(Request request) {
        InetAddress client = request.origin().client();
        if (!attempts.take(client, System.nanoTime())) {
            watch.limitHit("join_attempts");
            return CompletableFuture.completedFuture(
                    WhipProblem.SLOW_DOWN.says("too many joins from this address that came to nothing"));
        }
        if (!Resource.carries(request, Resource.SDP)) {
            return CompletableFuture.completedFuture(
                    WhipProblem.WRONG_MEDIA_TYPE.says("Content-Type: " + Resource.SDP));
        }
        CompletableFuture<Response> response = new CompletableFuture<>();
        enter(Join.of(request, this::guest), 1, response);
        return response;
    }

    private String guest() {
        StringBuilder name = new StringBuilder("guest-");
        while (name.length() < "guest-".length() + GUEST_CHARACTERS) {
            String one = tokens.make(1).toLowerCase(Locale.ROOT);
            name.append(one.equals("-") || one.equals("_") ? "" : one);
        }
        return name.toString();
    }

    private void enter(Join join, int tries, CompletableFuture<Response> response) {
        InetAddress client = join.request().origin().client();
        MediaSession session = sessions.make(join.room().key(), () -> attempts.giveBack(client));
        rooms.join(join.command(via), session, new Reply<>() {
            @Override
            public void done(Joined joined) {
                session.seated(joined.seat());
                sessions.add(session);
                response.complete(created(join, session, joined));
            }

            @Override
            public void refused(Refusal refusal) {
                if (refusal.code() == RefusalCode.NAME_TAKEN && !join.named() && tries < GUEST_TRIES) {
                    enter(join.renamed(guest()), tries + 1, response);
                } else if (refusal.code() == RefusalCode.GONE) { // while it was on its way in
                    response.complete(WhipProblem.DRAINING.says("the server is stopping"));
                } else {
                    response.complete(WhipProblem.of(refusal));
                }
            }
        });
    }

    private Response created(Join join, MediaSession session, Joined joined) {
        String id = session.address().substring(session.address().lastIndexOf('/') + 1);
        return Resource.text(201, Resource.SDP, Objects.requireNonNull(joined.answer(), "an offer is answered"))
                .with("Location", prefix + UrlPath.encode(join.room().shown()) + "/" + id)
                .with("ETag", session.tag());
    }
}
