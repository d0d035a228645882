package dev.parley.sfu.session;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.Codec;
import java.util.List;

/// What a session tells its owner, when it is in a consistent state again.
public sealed interface SessionEvent {
    /// Keys exist: media flows.
    record Connected(Flow.Protocol protocol) implements SessionEvent {}

    /// Nothing came for a while.
    record Away() implements SessionEvent {}

    /// Something came again.
    record Back(Flow.Protocol protocol) implements SessionEvent {}

    /// A data channel is open, whoever asked for it.
    record DataOpened(String label) implements SessionEvent {}

    /// A message came; the bytes are the receiver's.
    record DataReceived(String label, boolean text, byte[] bytes) implements SessionEvent {}

    /// What waits on a channel has become little again.
    record DataReady(String label) implements SessionEvent {}

    record DataClosed(String label) implements SessionEvent {}

    /// There are no data channels any more; everything else goes on.
    record DataEnded(String reason) implements SessionEvent {}

    /// It is over. No event follows.
    record Ended(CloseReason reason) implements SessionEvent {}

    /// A sending section of the client was taken: a source that others may watch.
    record Published(TrackSource source, IncomingTrack track) implements SessionEvent {}

    /// Another section has its place: nothing comes of it any more.
    record Unpublished(IncomingTrack track) implements SessionEvent {}

    /// The first packet came, or another codec than before.
    record CodecChanged(IncomingTrack track, Codec codec) implements SessionEvent {}

    /// The source is audible; at most ten times a second. `level` is -dBov.
    record Sound(IncomingTrack track, int level) implements SessionEvent {}

    /// The client gets nothing out of what it is sent of a source, and this is to be tried next.
    record Unseen(int slot, IncomingTrack track, HealRung rung) implements SessionEvent {}

    /// Its publisher needs to send these encodings and no others, in the order of its offer.
    record Layers(IncomingTrack track, List<Boolean> active) implements SessionEvent {}

    /// A slot's picture pauses, because the client's line has no room for it, or goes on.
    record Paused(int slot, IncomingTrack track, boolean paused) implements SessionEvent {}

    /// A slot's source comes in a codec that this client did not negotiate.
    record Undecodable(int slot, IncomingTrack track, Codec codec) implements SessionEvent {}
}
