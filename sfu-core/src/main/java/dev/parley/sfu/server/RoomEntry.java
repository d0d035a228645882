package dev.parley.sfu.server;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinException;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.edge.MediaLoop;
import dev.parley.sfu.room.Entrance;
import dev.parley.sfu.room.Room;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.session.SessionSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// A room by its name, and whether it is still used. Callable from any thread.
final class RoomEntry {
    private final SfuServer server;
    private final Room room;
    /// Members, and those on their way in.
    private final AtomicInteger users = new AtomicInteger();

    RoomEntry(String id, SfuServer server, MediaLoop home) {
        this.server = server;
        this.room = new Room(id, home, server.limits(), this::left);
    }

    String id() {
        return room.id();
    }

    /// Somebody is on the way in.
    void expect() {
        users.incrementAndGet();
    }

    boolean unused() {
        return users.get() == 0;
    }

    private void left() {
        users.decrementAndGet();
        server.endIfUnused(this);
    }

    CompletionStage<JoinAnswer> join(JoinRequest request) {
        CompletableFuture<JoinAnswer> answer = new CompletableFuture<>();
        server.offers().read(request.offer()).whenComplete((offer, fault) -> {
            if (offer == null) {
                answer.completeExceptionally(fault);
            } else {
                SessionSettings settings = server.leastLoaded();
                settings.loop().post(() -> enter(request, offer, settings, answer));
            }
        });
        return answer.whenComplete((_, refusal) -> {
            if (refusal != null) {
                left();
            }
        });
    }

    private void enter(
            JoinRequest request, SdpResult offer, SessionSettings settings, CompletableFuture<JoinAnswer> answer) {
        MediaLoop loop = (MediaLoop) settings.loop();
        if (loop.load() >= settings.limits().sessionsPerLoop()) {
            answer.completeExceptionally(new JoinException(JoinException.Code.FULL, "this server is full"));
            return;
        }
        try {
            Entrance.join(
                    room,
                    request,
                    offer,
                    settings,
                    () -> server.candidates(request.reachedAt()),
                    session -> new SessionEndpoint(loop, session),
                    answer);
        } catch (RuntimeException fault) {
            answer.completeExceptionally(fault);
            throw fault;
        }
    }

    void end(CloseReason reason) {
        room.home().post(() -> room.close(reason));
    }
}
