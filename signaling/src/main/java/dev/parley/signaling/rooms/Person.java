package dev.parley.signaling.rooms;

import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.Presence;
import dev.parley.signaling.model.Role;
import java.time.Instant;
import java.util.List;

/// One participant as others see them at one moment.
public record Person(
        ParticipantId id,
        String name,
        Role role,
        Via via,
        Presence presence,
        MediaPath path,
        Instant joinedAt,
        List<TrackInfo> tracks) {
    public Person {
        tracks = List.copyOf(tracks);
    }
}
