package dev.parley.signaling.rooms;

import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.Sfu;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.model.Speaker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open rooms of this process. Its public methods may be called from any thread; all else is on the timeline.
public final class Rooms {
    /// Each takes about a kilobyte and one name that somebody chose.
    static final int ROOMS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    private final Sfu sfu;
    private final Timeline timeline;
    private final Tokens tokens;
    private final RoomsWatch watch;
    private final RoomChats chats;
    private final DataPorts ports;
    private final Map<String, Room> open = new HashMap<>();
    private final ComeBack comeBack = new ComeBack(RandomGenerator.getDefault());
    private int alive;
    private boolean draining;
    private int letGo;

    public Rooms(Sfu sfu, Timeline timeline, Tokens tokens, RoomsWatch watch, RoomChats chats, DataPorts ports) {
        this.sfu = sfu;
        this.timeline = timeline;
        this.tokens = tokens;
        this.watch = watch;
        this.chats = chats;
        this.ports = ports;
    }

    public void join(JoinCommand command, Member member, Reply<Joined> reply) {
        timeline.run(() -> {
            Room room = roomFor(command, reply);
            if (room != null) {
                join(room, command, member, reply);
            }
        });
    }

    private static void join(Room room, JoinCommand command, Member member, Reply<Joined> reply) {
        try {
            room.join(command, member, reply);
        } catch (Refusal refusal) {
            reply.refused(refusal);
        }
    }

    private @Nullable Room roomFor(JoinCommand command, Reply<Joined> reply) {
        Room room = open.get(command.room().key());
        if (draining) {
            reply.refused(new Refusal(RefusalCode.DRAINING, "the server is stopping"));
            return null;
        }
        if (room == null && command.offer() == null) {
            reply.refused(new Refusal(RefusalCode.GONE, "this place has ended: join anew with an offer"));
            return null;
        }
        if (room == null && command.watching() != null) {
            reply.refused(Watchers.notPublishing());
            return null;
        }
        if (room == null && open.size() >= ROOMS_MAX) {
            watch.limitHit("rooms");
            reply.refused(new Refusal(RefusalCode.FULL, "the server has no room left"));
            return null;
        }
        return room != null ? room : openRoom(command.room().key());
    }

    private Room openRoom(String key) {
        Room room = new Room(key, this);
        open.put(key, room);
        return room;
    }

    /// Everyone in the room whose media flowed at least once; empty when there is no such room, or only an
    /// audience that waits for it.
    public CompletionStage<List<Person>> people(RoomName name) {
        CompletableFuture<List<Person>> people = new CompletableFuture<>();
        timeline.run(() -> {
            Room room = open.get(name.key());
            people.complete(room == null || !room.alive() ? List.of() : room.everyone());
        });
        return people;
    }

    /// Does something for whoever shows the pass of a place in this room, on the timeline. Fails with a `Refusal` when
    /// nobody in it has this pass.
    public <T> CompletionStage<T> as(RoomName name, String pass, AsSpeaker<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        timeline.run(() -> {
            Room room = open.get(name.key());
            Speaker speaker = room == null ? null : room.holder(pass);
            if (speaker == null) {
                result.completeExceptionally(
                        new Refusal(RefusalCode.UNAUTHORIZED, "Authorization: Bearer, with the token of `joined`"));
                return;
            }
            try {
                action.on(name.key(), speaker).whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /// Something that is done as a person in a room. Runs on the timeline.
    @FunctionalInterface
    public interface AsSpeaker<T> {
        CompletionStage<T> on(String room, Speaker speaker);
    }

    /// Tells everyone to come back later and takes nobody in any more. Done when all were told.
    public CompletionStage<Void> drain() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        timeline.run(() -> {
            draining = true;
            letGo = open.values().stream().mapToInt(Room::size).sum();
            List.copyOf(open.values()).forEach(Room::drain);
            told.complete(null);
        });
        return told;
    }

    /// How long someone who is let go now is to stay away.
    Duration comeBack() {
        return comeBack.after(letGo);
    }

    Timeline timeline() {
        return timeline;
    }

    Tokens tokens() {
        return tokens;
    }

    RoomChats chats() {
        return chats;
    }

    DataPorts ports() {
        return ports;
    }

    RoomsWatch watch() {
        return watch;
    }

    /// Lets the engine answer an offer; `then` runs on the timeline.
    void answer(String key, JoinRequest request, BiConsumer<@Nullable JoinAnswer, @Nullable Throwable> then) {
        CompletionStage<JoinAnswer> answer;
        try {
            answer = sfu.room(key).join(request);
        } catch (RuntimeException e) {
            LOG.error("the engine threw at a join", e);
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((joined, failure) -> timeline.run(() -> then.accept(joined, failure)));
    }

    void ended(String key, Room room) {
        open.remove(key, room);
        if (!draining) { // those who are told to come back find what was said
            chats.ended(key);
        }
    }

    /// Tells those in a room what was said, which is stored. On the timeline.
    public void deliver(String key, ChatMessage message) {
        Room room = open.get(key);
        if (room != null) {
            room.talk().deliver(message);
        }
    }

    /// A room began or ceased to be more than an audience that waits.
    void alive(int change) {
        alive += change;
        watch.rooms(alive);
    }
}
