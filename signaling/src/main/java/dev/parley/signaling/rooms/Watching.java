package dev.parley.signaling.rooms;

import dev.parley.sfu.api.TrackSource;
import org.jspecify.annotations.Nullable;

/// The one person whom a viewer wants to see.
///
/// @param person an id, else a name
/// @param source null takes the camera, else the screen
public record Watching(String person, @Nullable TrackSource source) {
    @Override
    public String toString() {
        return "Watching[…]"; // never in a log
    }
}
