package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.Watch;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import dev.parley.signaling.model.Role;
import dev.parley.signaling.rooms.Timeline.Cancel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who of a room watches one person, and follows them: whoever comes back under that name is shown again; whose person
/// stays away is not kept for ever. On the timeline.
final class Watchers {
    private final Timeline timeline;
    private final Places places;
    private final Consumer<Place> end;
    private final Map<String, Watched> byName = new HashMap<>();

    /// One person who is watched, by the key of the name.
    private static final class Watched {
        final Set<Place> viewers = new LinkedHashSet<>();
        Cancel giveUp = Cancel.NOTHING;
    }

    /// @param end what becomes of a viewer whose person did not come back
    Watchers(Timeline timeline, Places places, Consumer<Place> end) {
        this.timeline = timeline;
        this.places = places;
        this.end = end;
    }

    /// Whom a viewer wants to see: an id before a name. Refused unless there is something to see or hear of them.
    Place find(Watching watching) {
        Place publisher = places.byId(new ParticipantId(watching.person()));
        if (publisher == null) {
            publisher = places.byName(DisplayName.of(watching.person()).key());
        }
        if (publisher == null || !publishes(publisher)) {
            throw notPublishing();
        }
        return publisher;
    }

    static Refusal notPublishing() {
        return new Refusal(RefusalCode.NOT_PUBLISHING, "there is nothing to see or hear of this participant now");
    }

    private static boolean publishes(Place place) {
        return place.seen()
                && place.role() == Role.SPEAKER
                && !place.view.tracks().isEmpty();
    }

    void add(Place viewer, Place publisher) {
        viewer.watched = publisher.name.key();
        byName.computeIfAbsent(publisher.name.key(), _ -> new Watched()).viewers.add(viewer);
    }

    /// Somebody has a place; whoever waited for that name is shown them.
    void came(Place publisher) {
        Watched watched = byName.get(publisher.name.key());
        if (watched != null) {
            watched.giveUp.cancel();
            watched.viewers.forEach(viewer -> show(viewer, publisher));
        }
    }

    /// A viewer may have been answered after its person had already been followed by another.
    void show(Place viewer, @Nullable Place publisher) {
        if (viewer.media != null && viewer.watching != null && publisher != null) {
            viewer.media.watch(new Watch(publisher.id, viewer.watching.source()));
        }
    }

    /// A place has ended: a viewer's, or that of somebody who may be watched.
    void gone(Place place) {
        if (place.watched != null) {
            forget(place, place.watched);
            return;
        }
        Watched watched = byName.get(place.name.key());
        if (watched != null && place.role() == Role.SPEAKER) {
            watched.giveUp.cancel();
            watched.giveUp = timeline.after(
                    Room.GRACE, () -> List.copyOf(watched.viewers).forEach(end));
        }
    }

    private void forget(Place viewer, String name) {
        Watched watched = byName.get(name);
        if (watched != null && watched.viewers.remove(viewer) && watched.viewers.isEmpty()) {
            watched.giveUp.cancel();
            byName.remove(name);
        }
    }
}
