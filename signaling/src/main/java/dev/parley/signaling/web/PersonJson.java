package dev.parley.signaling.web;

import dev.parley.sfu.api.TrackInfo;
import dev.parley.signaling.rooms.Person;
import java.util.List;
import java.util.Locale;

/// A participant as REST and WebSocket write it down; docs/protocol.md calls it PERSON.
public record PersonJson(
        String id,
        String name,
        String role,
        String via,
        String state,
        String path,
        String joinedAt,
        List<TrackJson> tracks) {
    /// One published track.
    public record TrackJson(String id, String kind, String source, String codec, boolean muted, boolean held) {
        static TrackJson of(TrackInfo track) {
            return new TrackJson(
                    track.id().value(),
                    track.source().video() ? "video" : "audio",
                    track.source().wireName(),
                    track.codec(),
                    track.muted(),
                    track.held());
        }
    }

    public static PersonJson of(Person person) {
        return new PersonJson(
                person.id().value(),
                person.name(),
                person.role().wireName(),
                lower(person.via()),
                person.presence().wireName(),
                lower(person.path()),
                person.joinedAt().toString(),
                person.tracks().stream().map(TrackJson::of).toList());
    }

    public static List<PersonJson> all(List<Person> people) {
        return people.stream().map(PersonJson::of).toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
