package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells everyone in a room what changed about the others, batched, and never in the wrong order: a person is named
/// before a slot or a speaker refers to them. On the timeline.
final class Announcer {
    static final Duration NEWS_INTERVAL = Duration.ofMillis(100);
    static final Duration VIEWERS_INTERVAL = Duration.ofSeconds(1);

    private final Places places;
    private final Roster roster;
    private final Throttle news;
    private final Throttle count;
    private RoomEvent.Viewers counted = new RoomEvent.Viewers(0, 0);

    Announcer(Timeline timeline, Places places) {
        this.places = places;
        this.roster = new Roster(places);
        this.news = new Throttle(timeline, NEWS_INTERVAL, this::tellNews);
        this.count = new Throttle(timeline, VIEWERS_INTERVAL, this::tellCount);
    }

    /// Somebody came, or is no longer as they were told.
    void changed(Place place) {
        roster.changed(place.id);
        news.ask();
        count.ask();
    }

    void left(Place place, LeaveReason reason) {
        roster.left(place.id, reason);
        news.ask();
        count.ask();
    }

    /// What is told next refers to these.
    void mention(Iterable<? extends @Nullable ParticipantId> ids) {
        boolean unnamed = false;
        for (ParticipantId id : ids) {
            unnamed |= id != null && roster.heard(id);
        }
        if (unnamed) {
            news.now();
        }
    }

    List<Person> othersThan(ParticipantId self) {
        return roster.othersThan(self);
    }

    void stop() {
        news.stop();
        count.stop();
    }

    private void tellNews() {
        for (RoomEvent event : roster.news()) {
            tellAll(event);
        }
    }

    /// Whoever can count the names needs no figure.
    private void tellCount() {
        var now = new RoomEvent.Viewers(places.viewers(), places.size());
        boolean countable = now.people() <= Roster.LISTED_MAX && now.count() == counted.count();
        if (!now.equals(counted) && !countable) {
            tellAll(now);
        }
        counted = now;
    }

    private void tellAll(RoomEvent event) {
        places.inOrder().forEach(place -> place.tell(event));
    }
}
