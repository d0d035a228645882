package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Reaction;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.rooms.RoomEvent.Reacted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What goes around in a room beside media: messages that are stored already, and hands, reactions and typing, which
/// nobody stores. However many people do it at once, everyone is told a bounded number of times. On the timeline.
final class Talk {
    static final Duration HANDS_INTERVAL = Duration.ofMillis(100);
    static final Duration REACTIONS_INTERVAL = Duration.ofMillis(200);
    static final Duration TYPING_INTERVAL = Duration.ofSeconds(1);
    /// Somebody who types says so again before this.
    static final Duration TYPING_LASTS = Duration.ofSeconds(6);
    /// A queue of which nobody reads the end.
    static final int HANDS_LISTED_MAX = 100;
    /// More do not fit over a picture.
    static final int REACTIONS_MAX = 64;
    /// A line of text has room for three.
    static final int TYPING_LISTED_MAX = 10;

    private final Timeline timeline;
    private final Places places;
    private final Announcer announcer;
    private final RoomsWatch watch;
    private final LinkedHashSet<ParticipantId> hands = new LinkedHashSet<>();
    private final List<Reacted> reactions = new ArrayList<>();
    private final Map<ParticipantId, Long> typingUntilNs = new LinkedHashMap<>();
    private final Throttle tellHands;
    private final Throttle tellReactions;
    private final Throttle tellTyping;
    private RoomEvent.Typing told = new RoomEvent.Typing(List.of());
    private Timeline.Cancel expiry = Timeline.Cancel.NOTHING;

    Talk(Timeline timeline, Places places, Announcer announcer, RoomsWatch watch) {
        this.timeline = timeline;
        this.places = places;
        this.announcer = announcer;
        this.watch = watch;
        this.tellHands = new Throttle(timeline, HANDS_INTERVAL, this::tellHandsNow);
        this.tellReactions = new Throttle(timeline, REACTIONS_INTERVAL, this::reactionsNow);
        this.tellTyping = new Throttle(timeline, TYPING_INTERVAL, this::typingNow);
    }

    /// Tells those whom it is for, each with the number of the message that they were told before. Nearly all have the
    /// same one, so that it is written down once for them.
    void deliver(ChatMessage message) {
        Map<Long, List<Place>> byTold = new LinkedHashMap<>();
        for (Place place : places.inOrder()) {
            if (message.isFor(place.person)) {
                byTold.computeIfAbsent(place.chatTold, _ -> new ArrayList<>()).add(place);
            }
        }
        byTold.forEach((after, group) -> {
            RoomEvent.Said event = new RoomEvent.Said(message, after);
            for (Place place : group) {
                place.chatTold = message.v();
                place.tell(event);
            }
        });
        stopTyping(message.from().participant());
    }

    private void stopTyping(String participant) {
        if (typingUntilNs.remove(new ParticipantId(participant)) != null) {
            tellTyping.ask();
        }
    }

    void hand(Place place, boolean up) {
        mayBeSeen(place);
        if (up ? hands.add(place.id) : hands.remove(place.id)) {
            tellHands.ask();
        }
    }

    void react(Place place, Reaction reaction) {
        mayBeSeen(place);
        if (reactions.size() == REACTIONS_MAX) {
            watch.limitHit("reactions");
            return; // who reacts with a hundred others is not missed
        }
        reactions.add(new Reacted(place.id, reaction));
        tellReactions.ask();
    }

    void typing(Place place, boolean on) {
        mayBeSeen(place);
        if (!on) {
            stopTyping(place.id.value());
            return;
        }
        boolean news = typingUntilNs.put(place.id, timeline.nowNs() + TYPING_LASTS.toNanos()) == null;
        if (news) {
            tellTyping.ask();
        }
        if (typingUntilNs.size() == 1 && news) {
            expiry = timeline.after(TYPING_LASTS, this::expire);
        }
    }

    private void expire() {
        long now = timeline.nowNs();
        boolean gone = typingUntilNs.values().removeIf(untilNs -> untilNs - now <= 0);
        if (gone) {
            tellTyping.ask();
        }
        expiry.cancel();
        expiry = typingUntilNs.isEmpty() ? Timeline.Cancel.NOTHING : timeline.after(TYPING_INTERVAL, this::expire);
    }

    /// Others know of a place when its media flows, and nothing is told of whom they do not know.
    private void mayBeSeen(Place place) {
        if (!place.seen()) {
            throw new Refusal(RefusalCode.BAD_MESSAGE, "your media does not flow yet: nobody knows of you");
        }
        if (!place.signals.take(timeline.nowNs())) {
            watch.limitHit("signal_rate");
            throw new Refusal(RefusalCode.SLOW_DOWN, "too many reactions, hands or typing");
        }
    }

    /// A hand falls with its owner; a reload keeps one's turn.
    void gone(Place place) {
        if (hands.contains(place.id)) {
            Place heir = place.successor;
            List<ParticipantId> order = new ArrayList<>(hands);
            if (heir != null && places.holds(heir)) {
                order.replaceAll(id -> id.equals(place.id) ? heir.id : id);
            } else {
                order.remove(place.id);
            }
            hands.clear();
            hands.addAll(order);
            tellHands.ask();
        }
        stopTyping(place.id.value());
    }

    /// Those whose media flows again after a reload are in the queue where they were.
    void seen(Place place) {
        if (hands.contains(place.id)) {
            tellHands.ask();
        }
    }

    RoomEvent.Hands handsNow() {
        List<ParticipantId> listed =
                hands.stream().filter(this::known).limit(HANDS_LISTED_MAX).toList();
        return new RoomEvent.Hands(listed, hands.size());
    }

    private void tellHandsNow() {
        RoomEvent.Hands now = handsNow();
        announcer.mention(now.up());
        tellAll(now);
    }

    private boolean known(ParticipantId id) {
        Place place = places.byId(id);
        return place != null && place.seen();
    }

    private void reactionsNow() {
        announcer.mention(reactions.stream().map(Reacted::participant).toList());
        tellAll(new RoomEvent.Reactions(List.copyOf(reactions)));
        reactions.clear();
    }

    private void typingNow() {
        List<ParticipantId> listed =
                typingUntilNs.keySet().stream().limit(TYPING_LISTED_MAX).toList();
        RoomEvent.Typing now = new RoomEvent.Typing(listed);
        if (!now.equals(told)) {
            announcer.mention(listed);
            tellAll(now);
            told = now;
        }
    }

    private void tellAll(RoomEvent event) {
        places.inOrder().forEach(place -> place.tell(event));
    }

    void stop() {
        tellHands.stop();
        tellReactions.stop();
        tellTyping.stop();
        expiry.cancel();
    }
}
