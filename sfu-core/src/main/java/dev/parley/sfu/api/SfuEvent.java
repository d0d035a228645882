package dev.parley.sfu.api;

import java.util.List;

/// What the engine tells about one participant, or to one participant.
public sealed interface SfuEvent {
    ParticipantId participant();

    /// Keys exist, media flows. Comes again after `Away` when the participant is back.
    record Connected(ParticipantId participant, MediaPath path) implements SfuEvent {}

    /// Nothing came for a while; the place is kept.
    record Away(ParticipantId participant) implements SfuEvent {}

    /// The transport is gone. No event comes after this one.
    record Closed(ParticipantId participant, CloseReason reason) implements SfuEvent {}

    /// What this participant publishes now; the whole list at each change.
    record Published(ParticipantId participant, List<TrackInfo> tracks) implements SfuEvent {}

    /// Who is in this participant's slots; only the slots that changed.
    record Slots(ParticipantId participant, List<SlotMapping> map) implements SfuEvent {}

    /// Who is speaking in the room, loudest first; told to each participant on change, at most 5 times a second.
    record Speakers(ParticipantId participant, List<ParticipantId> speaking) implements SfuEvent {}

    /// This viewer cannot decode the track that is in the slot; the tile stays dark and says so.
    record Undecodable(ParticipantId participant, int slot, TrackId track, String codec) implements SfuEvent {}

    /// This viewer gets nothing out of the track in the slot: what its client is to try, or to say, now.
    record Heal(ParticipantId participant, int slot, TrackId track, HealRung rung) implements SfuEvent {}

    /// Which encodings of its own track this publisher needs to send.
    record Layers(ParticipantId participant, TrackId track, List<Boolean> active) implements SfuEvent {}

    /// Nothing of the track goes to this viewer's slot for now, because the viewer's own line has no room for it; or it
    /// goes on. Ends without a word when the slot shows something else.
    record Paused(ParticipantId participant, int slot, TrackId track, boolean paused) implements SfuEvent {}

    /// A data channel of this label is open, whoever asked for it.
    record DataOpened(ParticipantId participant, String label) implements SfuEvent {}

    /// A message came. The bytes are the receiver's; text is UTF-8 if the client keeps to the rules.
    record DataReceived(ParticipantId participant, String label, boolean text, byte[] bytes) implements SfuEvent {}

    /// What waits on the channel has become little again.
    record DataReady(ParticipantId participant, String label) implements SfuEvent {}

    /// Nothing comes or goes on the channel any more.
    record DataClosed(ParticipantId participant, String label) implements SfuEvent {}

    /// There are no data channels any more; media goes on. Reasons of ours are `slow_consumer`, when this client took
    /// nothing, or too little, for too long, and `too_many_messages`.
    record DataEnded(ParticipantId participant, String reason) implements SfuEvent {}

    /// The pool of slots is too small for what the viewer asked: one more client offer is wanted.
    record OfferWanted(ParticipantId participant, int audioSections, int videoSections) implements SfuEvent {}
}
