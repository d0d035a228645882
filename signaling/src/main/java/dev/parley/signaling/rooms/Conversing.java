package dev.parley.signaling.rooms;

import dev.parley.signaling.model.Speaker;
import org.jspecify.annotations.Nullable;

/// Says something for a place, as whoever the connection shows it to be. Runs on the timeline; may throw a `Refusal`.
@FunctionalInterface
public interface Conversing {
    /// @param to whom alone it is for; null for everybody
    void say(String room, Speaker from, @Nullable Speaker to);
}
