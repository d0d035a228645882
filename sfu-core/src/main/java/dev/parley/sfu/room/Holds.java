package dev.parley.sfu.room;

import dev.parley.sfu.api.TrackSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Whose sources the server holds back, by principal: who leaves and comes back is held as before. Where there are too
/// many, the oldest one is forgotten. Lives on the room's loop.
final class Holds {
    private final int most;
    private final Map<String, Set<TrackSource>> byPrincipal = new LinkedHashMap<>();

    Holds(int most) {
        this.most = most;
    }

    void put(String principal, TrackSource source, boolean held) {
        Set<TrackSource> sources = byPrincipal.computeIfAbsent(principal, _ -> EnumSet.noneOf(TrackSource.class));
        if (held) {
            sources.add(source);
        } else {
            sources.remove(source);
        }
        if (sources.isEmpty()) {
            byPrincipal.remove(principal);
        } else if (byPrincipal.size() > most) {
            byPrincipal.remove(byPrincipal.keySet().iterator().next());
        }
    }

    Set<TrackSource> of(String principal) {
        return byPrincipal.getOrDefault(principal, Set.of());
    }

    void clear() {
        byPrincipal.clear();
    }
}
