package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.sdp.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One section that an `Offerer` wants: a sender of ours, or a slot to receive in.
///
/// @param source what a sender carries
/// @param slot its number for a receive slot, else `Section.NO_SLOT`
/// @param rids of a sender with several encodings, low to high
/// @param streamId of a sender's `a=msid`
/// @param trackId likewise
public record OfferedSection(
        MediaKind kind,
        Direction direction,
        @Nullable TrackSource source,
        int slot,
        List<String> rids,
        String streamId,
        String trackId) {
    public OfferedSection {
        rids = List.copyOf(rids);
    }

    /// A sender made without a track, as our page makes them: the stream has no name yet.
    public static OfferedSection sender(TrackSource source, List<String> rids) {
        MediaKind kind = source.video() ? MediaKind.VIDEO : MediaKind.AUDIO;
        return new OfferedSection(
                kind, Direction.SENDONLY, source, Section.NO_SLOT, rids, "-", "sender-" + source.wireName());
    }

    /// A sender whose stream and track an adapter has named.
    public static OfferedSection labelled(MediaKind kind, String streamId, String trackId) {
        return new OfferedSection(kind, Direction.SENDONLY, null, Section.NO_SLOT, List.of(), streamId, trackId);
    }

    public static OfferedSection receiver(MediaKind kind, int slot) {
        return new OfferedSection(kind, Direction.RECVONLY, null, slot, List.of(), "", "");
    }

    /// The same section with another direction: inactive while nothing is bound to it, say.
    public OfferedSection directed(Direction newDirection) {
        return new OfferedSection(kind, newDirection, source, slot, rids, streamId, trackId);
    }
}
