package dev.parley.signaling.rooms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of a room's people in join order. `next` asks for those after them; null on the last page.
public record PeoplePage(List<Person> people, @Nullable Long next) {
    public PeoplePage {
        people = List.copyOf(people);
    }
}
