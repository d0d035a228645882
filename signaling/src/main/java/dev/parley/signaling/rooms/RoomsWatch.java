package dev.parley.signaling.rooms;

import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.Via;

/// What the outside measures of rooms. Called on the timeline.
public interface RoomsWatch {
    void rooms(int now);

    /// Someone of this kind came (+1) or went (-1).
    void people(Via via, MediaPath path, int change);

    /// From the join message until media flows.
    void joinedIn(double seconds);

    /// What a person's page did about a lost connection, and it worked.
    void healed(Rung rung);

    /// Steps of healing that pass through the rooms, the cheapest first. A new path for the same transport is the
    /// engine's.
    enum Rung {
        /// A new socket for the same place.
        RESUME,
        /// A new transport.
        REJOIN
    }

    void limitHit(String limit);
}
