package dev.parley.sfu.room;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Which viewers asked for whom, whether these are there or not. Lives on the room's loop.
final class Naming {
    private final Map<ParticipantId, Set<Member>> viewersOf = new HashMap<>();
    private final Map<Member, Set<ParticipantId>> namedBy = new HashMap<>();

    /// Takes over what this viewer asks for now.
    void names(Member viewer) {
        gone(viewer);
        Set<ParticipantId> named = new LinkedHashSet<>();
        Watch watch = viewer.watch();
        if (watch != null) {
            named.add(watch.publisher());
        } else {
            for (ViewedTile tile : viewer.view()) {
                named.add(tile.participant());
            }
        }
        if (!named.isEmpty()) {
            namedBy.put(viewer, named);
            named.forEach(id ->
                    viewersOf.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(viewer));
        }
    }

    void gone(Member viewer) {
        for (ParticipantId id : namedBy.getOrDefault(viewer, Set.of())) {
            viewersOf.computeIfPresent(id, (_, viewers) -> {
                viewers.remove(viewer);
                return viewers.isEmpty() ? null : viewers;
            });
        }
        namedBy.remove(viewer);
    }

    Set<Member> of(ParticipantId named) {
        return viewersOf.getOrDefault(named, Collections.emptySet());
    }

    /// How much is remembered: nothing when nobody asks for anybody.
    int size() {
        return namedBy.size() + viewersOf.size();
    }
}
