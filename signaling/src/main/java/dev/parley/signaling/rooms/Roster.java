package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.model.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who of a room is named to everyone: what is told about others must not grow with the room. Collects changes and
/// turns them into one batch of events. On the timeline.
final class Roster {
    /// By join order; their pictures are what a page shows without asking.
    static final int LISTED_MAX = 100;
    /// Beside them those whose voice was sent last: twice the voices that a viewer gets, so that names do not flicker.
    static final int HEARD_MAX = 32;

    private final Places places;
    private final Set<ParticipantId> heard = new LinkedHashSet<>();
    private final Set<ParticipantId> told = new LinkedHashSet<>();
    private final Set<ParticipantId> changed = new HashSet<>();
    private final Map<ParticipantId, LeaveReason> left = new HashMap<>();

    Roster(Places places) {
        this.places = places;
    }

    void changed(ParticipantId id) {
        changed.add(id);
    }

    void left(ParticipantId id, LeaveReason reason) {
        if (told.contains(id)) {
            left.put(id, reason);
        }
        heard.remove(id);
    }

    /// True when someone must be named before what follows can be told.
    boolean heard(ParticipantId id) {
        Place place = places.byId(id);
        if (place == null || !place.seen() || place.role() != Role.SPEAKER) {
            return false;
        }
        heard.remove(id);
        heard.add(id);
        if (heard.size() > HEARD_MAX) {
            heard.remove(heard.iterator().next());
        }
        return !told.contains(id);
    }

    int named() {
        return told.size();
    }

    /// Those who were named so far, as they are now.
    List<Person> othersThan(ParticipantId self) {
        List<Person> others = new ArrayList<>();
        for (ParticipantId id : told) {
            Place place = places.byId(id);
            if (place != null && !id.equals(self)) {
                others.add(place.asPerson());
            }
        }
        return others;
    }

    /// What changed since the last time.
    List<RoomEvent> news() {
        Set<ParticipantId> wanted = wanted();
        List<RoomEvent> events = new ArrayList<>();
        for (ParticipantId id : told) {
            if (!wanted.contains(id)) {
                events.add(new RoomEvent.PersonLeft(id, left.getOrDefault(id, LeaveReason.UNLISTED)));
            }
        }
        for (ParticipantId id : wanted) {
            Place place = places.byId(id);
            if (place != null && !told.contains(id)) {
                events.add(new RoomEvent.PersonJoined(place.asPerson()));
            } else if (place != null && changed.contains(id)) {
                events.add(new RoomEvent.PersonChanged(place.asPerson()));
            }
        }
        told.clear();
        told.addAll(wanted);
        changed.clear();
        left.clear();
        return events;
    }

    private Set<ParticipantId> wanted() {
        Set<ParticipantId> wanted = new LinkedHashSet<>();
        for (Place place : places.inOrder()) {
            if (wanted.size() == LISTED_MAX) {
                break;
            }
            if (place.seen() && place.role() == Role.SPEAKER) {
                wanted.add(place.id);
            }
        }
        wanted.addAll(heard);
        return wanted;
    }
}
