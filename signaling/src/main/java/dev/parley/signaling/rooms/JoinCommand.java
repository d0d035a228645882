package dev.parley.signaling.rooms;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.RoomName;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What someone who wants to enter a room brings.
///
/// @param device what tells a reload of the same browser from a second person; null when the client has no such thing
/// @param resume the token of an earlier place
/// @param replace whether a live place of the same device may be taken over
/// @param watching null for whoever sees everyone
/// @param offer null to keep the transport of the place that is resumed
/// @param reachedAt the address by which the client reached the page
public record JoinCommand(
        RoomName room,
        DisplayName name,
        Via via,
        @Nullable String device,
        @Nullable String resume,
        boolean replace,
        @Nullable Watching watching,
        @Nullable String offer,
        List<AnnouncedTrack> tracks,
        @Nullable InetSocketAddress reachedAt) {
    public JoinCommand {
        tracks = List.copyOf(tracks);
    }
}
