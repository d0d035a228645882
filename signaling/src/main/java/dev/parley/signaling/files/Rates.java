package dev.parley.signaling.files;

import dev.parley.signaling.model.Permits;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often a person may ask: each part is a flush of the disk. Callable from any thread.
final class Rates {
    /// With whole parts this is 40 MiB a second.
    static final double PER_SECOND = 40;

    static final double BURST = 80;
    /// As many as have a place in the largest room, twice.
    private static final int PEOPLE_MAX = 10_000;

    private final Map<String, Permits> people = new LinkedHashMap<>();

    synchronized boolean may(String person, long nowNs) {
        Permits permits = people.computeIfAbsent(person, _ -> new Permits(PER_SECOND, BURST, nowNs));
        if (people.size() > PEOPLE_MAX) {
            people.remove(people.keySet().iterator().next());
        }
        return permits.take(nowNs);
    }
}
