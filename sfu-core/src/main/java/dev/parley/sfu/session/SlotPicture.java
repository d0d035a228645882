package dev.parley.sfu.session;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.ViewedPicture;
import org.jspecify.annotations.Nullable;

/// The picture in one slot: what was decided of it, and whether its viewer knows that it pauses.
final class SlotPicture {
    /// A shorter pause is over before anyone has read why.
    static final long TOLD_NS = 1_000_000_000;

    private final int slot;
    private final OutgoingTrack track;
    private final ViewedPicture viewed = new ViewedPicture();
    private @Nullable IncomingTrack shown;
    private @Nullable IncomingTrack told;
    private long pausedNs = Deadlines.NEVER;
    private int spatial = OutgoingTrack.ALL_LAYERS;
    private int temporal = OutgoingTrack.ALL_LAYERS;

    SlotPicture(int slot, OutgoingTrack track) {
        this.slot = slot;
        this.track = track;
    }

    ViewedPicture viewed() {
        return viewed;
    }

    /// Whether there is something to decide.
    boolean wanted(Demand demand) {
        return track.source() != null && demand.weight() != Demand.Weight.HIDDEN;
    }

    /// Reads what there is now.
    ///
    /// @return false when there is nothing to decide
    boolean look(Demand demand, long nowNs) {
        IncomingTrack source = track.source();
        if (source != shown) {
            shown = source;
            viewed.begin();
        }
        viewed.demand(demand);
        if (wanted(demand) && track.describe(viewed.layers(), nowNs)) {
            return true;
        }
        viewed.begin();
        return false;
    }

    /// Does as was decided.
    void apply(long nowNs) {
        boolean nothing = viewed.spatialLayer() == OutgoingTrack.NO_LAYER || viewed.holds();
        track.need(viewed.needed(), nowNs);
        target(nothing ? OutgoingTrack.NO_LAYER : viewed.spatialLayer(), viewed.temporalLayer(), nowNs);
        pausedNs = nothing ? Math.min(pausedNs, nowNs) : Deadlines.NEVER;
    }

    /// Nothing was to be decided: it is hidden, or there is no such picture. One that cannot be decoded goes on, so
    /// that
    /// a change of its codec is seen.
    void rest(Demand demand, long nowNs) {
        boolean dark = wanted(demand);
        track.need(dark ? 1 : 0, nowNs);
        if (track.source() != null) {
            target(dark ? 0 : OutgoingTrack.NO_LAYER, OutgoingTrack.ALL_LAYERS, nowNs);
        }
        pausedNs = Deadlines.NEVER;
    }

    private void target(int toSpatial, int toTemporal, long nowNs) {
        if (toSpatial != spatial || toTemporal != temporal) {
            spatial = toSpatial;
            temporal = toTemporal;
            track.target(toSpatial, toTemporal, nowNs);
        }
    }

    /// Tells a pause that lasts, and its end.
    void tell(Pauses pauses, long nowNs) {
        IncomingTrack paused = nowNs - pausedNs >= TOLD_NS ? shown : null;
        if (paused == told) {
            return;
        }
        if (told != null) {
            pauses.paused(slot, told, false);
        }
        if (paused != null) {
            pauses.paused(slot, paused, true);
        }
        told = paused;
    }

    /// Nothing will be sent here any more.
    void end(Pauses pauses) {
        if (told != null) {
            pauses.paused(slot, told, false);
            told = null;
        }
    }

    /// Who hears of pauses.
    interface Pauses {
        void paused(int slot, IncomingTrack track, boolean paused);
    }
}
