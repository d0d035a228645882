package dev.parley.signaling.rooms;

/// The socket of a place as the room sees it: hears events, in order, until it is told that it ended. Called on the
/// timeline; must not block.
public interface Member {
    void tell(RoomEvent event);

    /// Its own media flows, for the first time.
    default void connected() {}

    /// Nothing is told after this.
    void ended(Ending ending);

    /// How a socket's time in a room ends.
    enum Ending {
        LEFT,
        /// The place is on another socket or was taken over by another page of the same browser.
        MOVED,
        /// There is no place any more.
        GONE,
        DRAINING
    }
}
