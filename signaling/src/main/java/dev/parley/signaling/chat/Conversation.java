package dev.parley.signaling.chat;

import dev.parley.signaling.model.Permits;
import java.util.LinkedHashMap;
import java.util.Map;

/// The chat of one room: which history it is, how far it has got, who may say how much. On the timeline.
final class Conversation {
    /// For one person, reading and writing: fast typing with two hands, and a page that catches up.
    static final double PERSON_PER_SECOND = 10;

    static final double PERSON_BURST = 30;
    /// For all together: what hundreds of pages can show, and no more than a disk stores.
    static final double ROOM_PER_SECOND = 300;

    static final double ROOM_BURST = 600;
    /// Twice as many as places in a room.
    static final int PEOPLE_MAX = 10_000;

    final String history;
    /// Kept from before this process began: those who were in the room may still be on their way back.
    final boolean restored;

    long last;
    boolean open;
    private final Permits all;
    private final Map<String, Permits> people = new LinkedHashMap<>();

    Conversation(String history, long last, boolean restored, long nowNs) {
        this.history = history;
        this.last = last;
        this.restored = restored;
        this.all = new Permits(ROOM_PER_SECOND, ROOM_BURST, nowNs);
    }

    boolean personMay(String person, long nowNs) {
        Permits permits = people.computeIfAbsent(person, _ -> new Permits(PERSON_PER_SECOND, PERSON_BURST, nowNs));
        if (people.size() > PEOPLE_MAX) {
            people.remove(people.keySet().iterator().next());
        }
        return permits.take(nowNs);
    }

    boolean roomMay(long nowNs) {
        return all.take(nowNs);
    }
}
