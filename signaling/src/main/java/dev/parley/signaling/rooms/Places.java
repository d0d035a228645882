package dev.parley.signaling.rooms;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.signaling.model.Presence;
import dev.parley.signaling.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The places of one room in join order, found by id, name, device and resume token. On the timeline.
final class Places {
    private final TreeMap<Long, Place> inOrder = new TreeMap<>();
    private final Map<ParticipantId, Place> byId = new HashMap<>();
    private final Map<String, Place> byName = new HashMap<>();
    private final Map<String, Place> byDevice = new HashMap<>();
    private final Map<String, Place> byToken = new HashMap<>();
    private final Map<String, Place> byPass = new HashMap<>();
    private int keepers;
    private int viewers;

    void add(Place place) {
        inOrder.put(place.order, place);
        byId.put(place.id, place);
        byToken.put(place.resume, place);
        byPass.put(place.pass, place);
        index(place);
        keepers += place.via.keepsRoom() ? 1 : 0;
        viewers += place.role() == Role.VIEWER ? 1 : 0;
    }

    /// Makes `place` the one found by its name and device: again, when the join that was to replace it failed.
    void index(Place place) {
        if (place.role() == Role.SPEAKER) { // one name may hold several sessions that only watch
            byName.put(place.name.key(), place);
        }
        if (place.device != null) {
            byDevice.put(place.device, place);
        }
    }

    /// False when it was not there any more.
    boolean remove(Place place) {
        if (!byId.remove(place.id, place)) {
            return false;
        }
        inOrder.remove(place.order);
        byToken.remove(place.resume);
        byPass.remove(place.pass);
        byName.remove(place.name.key(), place);
        if (place.device != null) {
            byDevice.remove(place.device, place);
        }
        keepers -= place.via.keepsRoom() ? 1 : 0;
        viewers -= place.role() == Role.VIEWER ? 1 : 0;
        return true;
    }

    @Nullable
    Place byId(ParticipantId id) {
        return byId.get(id);
    }

    @Nullable
    Place byName(String key) {
        return byName.get(key);
    }

    @Nullable
    Place byDevice(String device) {
        return byDevice.get(device);
    }

    @Nullable
    Place byToken(String token) {
        return byToken.get(token);
    }

    @Nullable
    Place byPass(String pass) {
        return byPass.get(pass);
    }

    boolean holds(Place place) {
        return byId.get(place.id) == place;
    }

    Collection<Place> inOrder() {
        return inOrder.values();
    }

    /// Up to `count` places that are seen, from those after `order` on.
    List<Place> seenAfter(long order, int count) {
        List<Place> page = new ArrayList<>();
        for (Place place : inOrder.tailMap(order, false).values()) {
            if (page.size() == count) {
                break;
            }
            if (place.presence != Presence.JOINING) {
                page.add(place);
            }
        }
        return page;
    }

    int size() {
        return byId.size();
    }

    int viewers() {
        return viewers;
    }

    /// Whether anyone is left who keeps a by-name room alive.
    boolean anyKeeper() {
        return keepers > 0;
    }
}
