package dev.parley.sfu.api;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param participant made by the caller, unique in the process
/// @param principal the stable identity; a new join of the same one replaces the old, which ends with `REPLACED`
/// @param announced what the client's sending sections carry, by mid; sections not named are taken by their order:
///     the first audio is the microphone, the first video the camera, the second ones are the screen's
/// @param reachedAt the address by which this client reached the page, for one more candidate; null when unknown
/// @param watch the one person to be shown; null for a viewer of everyone
/// @param events where this participant's events go
public record JoinRequest(
        ParticipantId participant,
        String principal,
        Via via,
        String offer,
        List<AnnouncedTrack> announced,
        @Nullable InetSocketAddress reachedAt,
        @Nullable Watch watch,
        SfuEvents events) {
    public JoinRequest {
        announced = List.copyOf(announced);
    }

    /// For a participant who sees everyone.
    public JoinRequest(
            ParticipantId participant,
            String principal,
            Via via,
            String offer,
            List<AnnouncedTrack> announced,
            @Nullable InetSocketAddress reachedAt,
            SfuEvents events) {
        this(participant, principal, via, offer, announced, reachedAt, null, events);
    }
}
