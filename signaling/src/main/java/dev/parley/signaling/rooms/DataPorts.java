package dev.parley.signaling.rooms;

import dev.parley.sfu.api.SfuParticipant;

/// Makes what speaks and listens on the data channels of a place.
@FunctionalInterface
public interface DataPorts {
    /// @param seat of the place for as long as it has this transport, whatever becomes of its socket
    DataPort open(Seat seat, SfuParticipant media);
}
