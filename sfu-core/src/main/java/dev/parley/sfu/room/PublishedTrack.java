package dev.parley.sfu.room;

import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.rtp.Codec;
import org.jspecify.annotations.Nullable;

/// A member's track as the room knows it. Lives on the room's loop.
final class PublishedTrack {
    private final Member publisher;
    private final TrackSource source;
    private final IncomingTrack track;
    private final TrackId id;
    private @Nullable Codec codec;
    private boolean held;
    private boolean muted;
    private boolean announced;

    PublishedTrack(Member publisher, TrackSource source, IncomingTrack track, boolean held) {
        this.publisher = publisher;
        this.held = held;
        this.source = source;
        this.track = track;
        this.id = new TrackId(track.id());
    }

    Member publisher() {
        return publisher;
    }

    TrackSource source() {
        return source;
    }

    IncomingTrack track() {
        return track;
    }

    TrackId id() {
        return id;
    }

    /// Null while nothing has come.
    @Nullable
    Codec codec() {
        return codec;
    }

    void codec(Codec arriving) {
        codec = arriving;
    }

    /// The client said whether media comes; who never says is believed by its packets.
    void muted(boolean isMuted) {
        announced = true;
        muted = isMuted;
    }

    /// The server lets nothing of it through.
    void held(boolean isHeld) {
        held = isHeld;
    }

    /// Nothing comes of it any more.
    void end() {
        codec = null;
        announced = false;
    }

    /// Whether there is something to watch or hear now, or will be in a moment.
    boolean live() {
        return !muted && !held && (announced || codec != null);
    }

    /// Whether others are told of it: a screen only while it is shown, a camera also while it is off.
    boolean listed() {
        return source.share() ? live() : announced || codec != null;
    }

    TrackInfo info() {
        Codec known = codec;
        Codec assumed = source.video() ? Codec.VP8 : Codec.OPUS;
        return new TrackInfo(id, source, (known == null ? assumed : known).sdpName(), muted || held, held);
    }
}
