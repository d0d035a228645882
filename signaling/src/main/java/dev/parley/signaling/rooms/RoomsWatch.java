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

    void limitHit(String limit);
}
