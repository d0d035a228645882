package dev.parley.signaling.rooms;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.Watch;
import dev.parley.signaling.model.ChatHead;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.Role;
import dev.parley.signaling.model.Speaker;
import dev.parley.signaling.rooms.Member.Ending;
import dev.parley.signaling.rooms.RoomEvent.Moved;
import dev.parley.signaling.rooms.Timeline.Cancel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open room: who takes, keeps and loses a place in it. It is there as long as somebody has one. On the timeline.
final class Room {
    /// A larger audience than one process can serve.
    static final int PLACES_MAX = 5_000;
    /// How long a place is kept after the later of its socket and its transport has gone.
    static final Duration GRACE = Duration.ofSeconds(30);
    /// From the answer to the first media: the engine gives up earlier, this is for one that says nothing.
    static final Duration CONNECT_DEADLINE = Duration.ofSeconds(45);

    static final int PAGE_SIZE = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final String key;
    private final Rooms rooms;
    private final Timeline timeline;
    private final Places places = new Places();
    private final Announcer announcer;
    private final MediaEvents mediaEvents;
    private final DataEvents dataEvents;
    private final Watchers watchers;
    private final Talk talk;
    private Cancel giveUp = Cancel.NOTHING;
    private boolean alive;
    private long joins;

    Room(String key, Rooms rooms) {
        this.key = key;
        this.rooms = rooms;
        this.timeline = rooms.timeline();
        this.announcer = new Announcer(timeline, places);
        this.watchers = new Watchers(timeline, places, this::giveUp);
        this.talk = new Talk(timeline, places, announcer, rooms.watch());
        this.dataEvents = new DataEvents(this, rooms.ports());
        this.mediaEvents = new MediaEvents(this, dataEvents, announcer, rooms.watch(), timeline);
    }

    void join(JoinCommand command, Member member, Reply<Joined> reply) {
        Place resumed = command.resume() == null ? null : places.byToken(command.resume());
        if (command.offer() == null) {
            resume(resumed, member, reply);
            return;
        }
        Place former = resumed != null ? resumed : byDevice(command.device());
        if (former != null && former != resumed && former.member != null && !command.replace()) {
            reply.refused(new Refusal(RefusalCode.ALREADY_HERE, "this browser is in the room in another tab"));
            return;
        }
        Place namesake = places.byName(command.name().key());
        if (former == null && namesake != null && namesake.abandoned() && command.via() == namesake.via) {
            former = namesake;
        }
        if (namesake != null && namesake != former && command.via().keepsRoom()) {
            reply.refused(new Refusal(RefusalCode.NAME_TAKEN, "somebody in this room has this name"));
            return;
        }
        if (places.size() >= PLACES_MAX) {
            rooms.watch().limitHit("room_places");
            reply.refused(new Refusal(RefusalCode.FULL, "this room is full"));
            return;
        }
        Place shown = command.watching() == null ? null : watchers.find(command.watching());
        enter(command, command.offer(), former, shown, member, reply);
    }

    private @Nullable Place byDevice(@Nullable String device) {
        return device == null ? null : places.byDevice(device);
    }

    /// The name is taken from here on, so that two joins at once cannot both have it.
    private void enter(
            JoinCommand command,
            String offer,
            @Nullable Place former,
            @Nullable Place shown,
            Member member,
            Reply<Joined> reply) {
        ParticipantId id = new ParticipantId("p_" + rooms.tokens().make(12));
        String token = rooms.tokens().make(32);
        String pass = rooms.tokens().make(32);
        Place place = new Place(id, ++joins, token, pass, timeline.wallClock(), timeline.nowNs(), command);
        place.member = member;
        place.person = person(place, former);
        if (former != null) {
            former.successor = place;
        }
        places.add(place);
        if (shown != null) {
            watchers.add(place, shown);
        }
        var request = new JoinRequest(
                id,
                place.principal(),
                command.via(),
                offer,
                command.tracks(),
                command.reachedAt(),
                watch(command, shown),
                event -> timeline.run(() -> on(place, event)));
        rooms.answer(key, request, (answer, failure) -> {
            if (answer == null) {
                refuse(place, former, failure, reply);
            } else {
                if (former != null && former.resume.equals(command.resume())) {
                    rooms.watch().healed(RoomsWatch.Rung.REJOIN);
                }
                accept(place, former, answer, reply);
            }
        });
    }

    /// Whoever shows the former place's token, or is the same browser, is the same person; a name alone is no proof.
    private String person(Place place, @Nullable Place former) {
        return former != null && former.resumable() ? former.person : Persons.key(key, place.principal());
    }

    private static @Nullable Watch watch(JoinCommand command, @Nullable Place shown) {
        return command.watching() == null || shown == null
                ? null
                : new Watch(shown.id, command.watching().source());
    }

    private void refuse(Place place, @Nullable Place former, @Nullable Throwable failure, Reply<Joined> reply) {
        Refusal refusal = EngineRefusals.of(failure);
        LOG.info("refused {}: {}", place.id, refusal.code().wireName());
        reply.refused(refusal);
        place.member = null;
        if (places.remove(place)) {
            watchers.gone(place);
            if (former != null && places.holds(former)) {
                places.index(former);
            }
        }
        endIfEmpty();
    }

    private void accept(Place place, @Nullable Place former, JoinAnswer answer, Reply<Joined> reply) {
        if (!places.holds(place) || place.member == null) { // ended, or its socket went, before the answer was there
            answer.participant().close(CloseReason.LEFT);
            if (former != null && places.holds(former)) {
                places.index(former);
            }
            end(place, LeaveReason.LEFT, CloseReason.LEFT, Ending.GONE);
            reply.refused(new Refusal(RefusalCode.GONE, "the place ended before it was taken"));
            return;
        }
        place.media = answer.participant();
        place.slots = List.copyOf(answer.slots());
        place.chatTold = head().last();
        if (former != null) {
            replace(former);
        }
        keepFor(place);
        follow(place);
        if (!place.seen()) {
            place.deadline(timeline.after(CONNECT_DEADLINE, () -> fail(place, CloseReason.LOST)));
        }
        LOG.info("joined {} {} via {}", place.id, place.role().wireName(), name(place.via));
        brief(place, place.member, answer.answer(), reply);
    }

    /// A publisher is shown to whoever waited for that name; a viewer gets the one who has it by now.
    private void follow(Place place) {
        if (place.watched != null) {
            watchers.show(place, places.byName(place.watched));
        } else if (place.role() == Role.SPEAKER) {
            watchers.came(place);
        }
    }

    private void replace(Place former) {
        former.tell(new Moved(MoveReason.REPLACED));
        end(former, LeaveReason.REPLACED, CloseReason.REPLACED, Ending.MOVED);
    }

    private void resume(@Nullable Place place, Member member, Reply<Joined> reply) {
        if (place == null || place.media == null || place.transportGone) {
            reply.refused(new Refusal(RefusalCode.GONE, "this place has ended: join anew with an offer"));
            return;
        }
        Member before = place.member;
        if (before != null) {
            before.tell(new Moved(MoveReason.RESUMED));
            before.ended(Ending.MOVED);
        }
        place.member = member;
        place.chatTold = head().last();
        rooms.watch().healed(RoomsWatch.Rung.RESUME);
        LOG.info("resumed {}", place.id);
        brief(place, member, null, reply);
    }

    /// The room as it is now, then everything that happens from now on.
    private void brief(Place place, Member member, @Nullable String answer, Reply<Joined> reply) {
        reply.done(new Joined(
                place.id,
                answer,
                place.resume,
                place.pass,
                place.slots,
                announcer.othersThan(place.id),
                places.viewers(),
                places.size(),
                new ChatHead(head().history(), place.chatTold),
                talk.handsNow(),
                new Seat(timeline, this, place, () -> place.member == member, () -> socketLost(place, member))));
        place.view.replay(place::tell);
        dataEvents.resumed(place);
    }

    /// For as long as the place has its transport.
    Seat dataSeat(Place place) {
        return new Seat(timeline, this, place, () -> places.holds(place) && !place.transportGone, () -> {});
    }

    ChatHead head() {
        return rooms.chats().head(key);
    }

    void dataFull(Place place, String label) {
        dataEvents.full(place, label);
    }

    private void on(Place place, SfuEvent event) {
        if (places.holds(place)) {
            mediaEvents.on(place, event);
        }
    }

    void offer(Place place, String sdp, Reply<String> reply) {
        if (place.offering) {
            reply.refused(new Refusal(RefusalCode.BAD_MESSAGE, "offer: the one before is being answered"));
            return;
        }
        place.offering = true;
        place.transport()
                .offer(sdp)
                .whenComplete((answer, failure) -> timeline.run(() -> {
                    place.offering = false;
                    if (answer == null) {
                        reply.refused(EngineRefusals.of(failure));
                    } else {
                        reply.done(answer);
                    }
                }));
    }

    void trickle(Place place, String fragment, Reply<Optional<String>> reply) {
        place.transport()
                .trickle(fragment)
                .whenComplete((answer, failure) -> timeline.run(() -> {
                    if (answer == null) {
                        reply.refused(EngineRefusals.of(failure));
                    } else {
                        reply.done(answer);
                    }
                }));
    }

    Talk talk() {
        return talk;
    }

    /// @param to must be in the room, with something to read on
    void converse(Place place, @Nullable ParticipantId to, Conversing conversing) {
        Place receiver = to == null ? null : places.byId(to);
        if (to != null && (receiver == null || receiver == place || !receiver.resumable())) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "to: nobody else in this room who reads messages");
        }
        conversing.say(key, place.asSpeaker(), receiver == null ? null : receiver.asSpeaker());
    }

    /// Whoever shows this pass; null when nobody does who is in.
    @Nullable
    Speaker holder(String pass) {
        Place place = places.byPass(pass);
        return place == null || place.media == null || !place.resumable() ? null : place.asSpeaker();
    }

    PeoplePage people(long after) {
        List<Place> page = places.seenAfter(after, PAGE_SIZE);
        boolean last = page.size() < PAGE_SIZE
                || places.seenAfter(page.getLast().order, 1).isEmpty();
        return new PeoplePage(page.stream().map(Place::asPerson).toList(), last ? null : page.getLast().order);
    }

    List<Person> everyone() {
        return places.seenAfter(0, PLACES_MAX).stream().map(Place::asPerson).toList();
    }

    void leave(Place place) {
        end(place, LeaveReason.LEFT, CloseReason.LEFT, Ending.LEFT);
    }

    private void socketLost(Place place, Member member) {
        if (place.member != member || !places.holds(place)) {
            return;
        }
        place.member = null;
        if (place.transportGone) {
            startGrace(place);
        }
    }

    /// The engine is done with this transport; the place waits for its owner, where that one can come back.
    void transportLost(Place place, CloseReason reason) {
        if (!place.resumable()) {
            end(place, LeaveReason.LOST, reason, Ending.GONE);
            return;
        }
        place.transportGone = true;
        LOG.info("disconnected {}: {}", place.id, name(reason));
        dataEvents.lost(place);
        place.tell(new RoomEvent.TransportClosed(reason));
        if (place.member == null) {
            startGrace(place);
        }
    }

    private void startGrace(Place place) {
        place.deadline(timeline.after(GRACE, () -> end(place, LeaveReason.LOST, CloseReason.LOST, Ending.GONE)));
    }

    /// No media ever came: nobody heard of this place, and nothing is kept of it.
    void fail(Place place, CloseReason reason) {
        LOG.info("failed {}: {}", place.id, name(reason));
        place.tell(new RoomEvent.TransportClosed(reason));
        end(place, LeaveReason.FAILED, reason, Ending.GONE);
    }

    /// The engine, not the person, ended this place.
    void evict(Place place, MoveReason told, LeaveReason reason, CloseReason close) {
        boolean draining = told == MoveReason.DRAINING;
        place.tell(new Moved(told, draining ? rooms.comeBack() : null));
        end(place, reason, close, draining ? Ending.DRAINING : Ending.MOVED);
    }

    private void end(Place place, LeaveReason reason, CloseReason close, Ending ending) {
        if (!places.remove(place)) {
            return;
        }
        place.deadline(Timeline.Cancel.NOTHING);
        if (place.member != null) {
            place.member.ended(ending);
            place.member = null;
        }
        if (place.media != null) {
            place.media.close(close);
        }
        if (place.seen()) {
            rooms.watch().people(place.via, place.path, -1);
            announcer.left(place, reason);
        }
        if (reason != LeaveReason.FAILED) { // which has its line
            long seconds = TimeUnit.NANOSECONDS.toSeconds(timeline.nowNs() - place.askedNs);
            String why = ending == Ending.DRAINING ? "draining" : reason.wireName();
            LOG.info("left {} after {} s: {}", place.id, seconds, why);
        }
        watchers.gone(place);
        talk.gone(place);
        endIfEmpty();
    }

    private static String name(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private void keepFor(Place place) {
        if (place.via.keepsRoom() && !alive) {
            giveUp.cancel();
            alive = true;
            rooms.alive(1);
        }
    }

    /// Those who only watch do not keep a room: it is over, but they may wait a while for somebody to come back.
    private void endIfEmpty() {
        if (alive && !places.anyKeeper()) {
            alive = false;
            rooms.alive(-1);
            giveUp = timeline.after(GRACE, () -> List.copyOf(places.inOrder()).forEach(this::giveUp));
        }
        if (places.size() == 0) {
            giveUp.cancel();
            announcer.stop();
            talk.stop();
            rooms.ended(key, this);
        }
    }

    private void giveUp(Place viewer) {
        if (viewer.role() == Role.VIEWER) {
            end(viewer, LeaveReason.REMOVED, CloseReason.ROOM_CLOSED, Ending.GONE);
        }
    }

    /// Whether it is more than an audience.
    boolean alive() {
        return alive;
    }

    int size() {
        return places.size();
    }

    void drain() {
        for (Place place : List.copyOf(places.inOrder())) {
            evict(place, MoveReason.DRAINING, LeaveReason.LEFT, CloseReason.SHUTDOWN);
        }
    }
}
