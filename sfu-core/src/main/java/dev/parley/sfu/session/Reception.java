package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingFormat;
import dev.parley.sfu.media.OutgoingTrack;
import org.jspecify.annotations.Nullable;

/// One receiving section of the client: half of a slot, and what is sent in it. An offer may stop it and a later one
/// let it go on, under the same SSRC and with continuous numbers; meanwhile nothing is sent.
final class Reception {
    private final int slot;
    private final OutgoingTrack track;
    /// Null for sound.
    private final @Nullable SlotPicture picture;
    /// What is to be seen or heard in it, also while it is stopped.
    private @Nullable IncomingTrack wanted;

    private Demand demand = Demand.TILE;
    private boolean stopped;
    private int receivedHighest;

    Reception(int slot, OutgoingTrack track) {
        this.slot = slot;
        this.track = track;
        this.picture = track.format().kind() == MediaKind.VIDEO ? new SlotPicture(slot, track) : null;
    }

    static OutgoingFormat formatOf(Section section, boolean mixedExtensions) {
        return new OutgoingFormat(
                section.kind(),
                section.mid(),
                section.sendSsrc(),
                section.sendRtxSsrc(),
                section.payloadTypes(),
                section.extensions(),
                mixedExtensions,
                section.nack());
    }

    int slot() {
        return slot;
    }

    Mid mid() {
        return track.format().mid();
    }

    OutgoingTrack track() {
        return track;
    }

    @Nullable
    SlotPicture picture() {
        return picture;
    }

    boolean stopped() {
        return stopped;
    }

    void show(@Nullable IncomingTrack source, long nowNs) {
        wanted = source;
        if (!stopped) {
            track.show(source, nowNs);
        }
    }

    Demand demand() {
        return demand;
    }

    void demand(Demand wanted) {
        demand = wanted;
    }

    /// The highest number that the client said it received, as in its last receiver report.
    int receivedHighest() {
        return receivedHighest;
    }

    void receivedHighest(int highestSeq) {
        receivedHighest = highestSeq;
    }

    /// Shows what it shows from a new beginning.
    void again(long nowNs) {
        track.show(null, nowNs);
        show(wanted, nowNs);
    }

    /// After a further offer that still wants it, perhaps with other numbers.
    void goOn(OutgoingFormat format, long nowNs) {
        track.changeFormat(format);
        stopped = false;
        track.show(wanted, nowNs);
    }

    void stop(long nowNs) {
        stopped = true;
        track.show(null, nowNs);
    }
}
