package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;

/// One picture of a viewer as its bandwidth is spent: what is wanted of it, what its source has to give, and what was
/// decided. What it may get is a ladder of steps, each of which takes no less than the one below. One thread; allocates
/// nothing after it was made.
public final class ViewedPicture {
    /// As a step: nothing is sent.
    static final int NOTHING = -1;

    /// A picture that is drawn so much larger than it is looks no worse.
    private static final double STRETCH = 1.1;

    /// Of a camera above its smallest layer: a larger picture at a quarter of the rate is no gain.
    private static final int RATES_WORTH_SHOWING = 2;

    private static final int STEPS_MAX = SourceLayers.SPATIAL_MAX * SourceLayers.TEMPORAL_MAX;

    private final SourceLayers layers = new SourceLayers();
    private final int[] spatial = new int[STEPS_MAX];
    private final int[] temporal = new int[STEPS_MAX];
    private final long[] costs = new long[STEPS_MAX];
    private Demand demand = Demand.TILE;
    private int steps;
    /// The largest layer that its tile has a use for.
    private int enough;
    /// An encoding that would be better and does not come, and what it would take; none when negative.
    private int missing;

    private long missingBps;
    private boolean missed;

    /// What was decided last.
    private int spatialNow = OutgoingTrack.NO_LAYER;

    private int temporalNow;
    private boolean begun;
    private boolean urgent;
    private boolean holds;
    long roomSinceNs = Deadlines.NEVER;

    /// While it is decided: where it stands, how far it may go, and what it gets.
    int held = NOTHING;

    int limit = NOTHING;
    int step = NOTHING;

    /// To be filled by `OutgoingTrack.describe` before each decision.
    public SourceLayers layers() {
        return layers;
    }

    /// Another source: whatever was decided concerns it no more.
    public void begin() {
        begun = false;
        spatialNow = OutgoingTrack.NO_LAYER;
        roomSinceNs = Deadlines.NEVER;
        urgent = false;
    }

    /// What the viewer wants of it. A change is answered at once where there is room: somebody looks.
    public void demand(Demand wanted) {
        urgent |= !wanted.equals(demand);
        if (hidden()) {
            begin();
        }
        demand = wanted;
    }

    public Demand demand() {
        return demand;
    }

    boolean hidden() {
        return demand.weight() == Demand.Weight.HIDDEN;
    }

    // ---- what was decided ----

    /// The spatial layer for `OutgoingTrack.target`.
    public int spatialLayer() {
        return spatialNow;
    }

    /// The temporal layer for `OutgoingTrack.target`.
    public int temporalLayer() {
        return temporalNow;
    }

    /// Whether it is wanted and nothing of it fits.
    public boolean paused() {
        return !hidden() && step == NOTHING;
    }

    /// Which encodings its source is to send for this viewer's sake, one bit each.
    public int needed() {
        if (step == NOTHING) {
            return 0;
        }
        int sent = layers.encodings() ? spatial[step] : 0;
        return 1 << sent | (missed ? 1 << missing : 0);
    }

    /// What it takes, in bit/s.
    public long costBps() {
        return step == NOTHING ? 0 : costs[step];
    }

    /// What it would take with all that its tile has a use for, in bit/s.
    public long wantedBps() {
        return steps == 0 ? 0 : Math.max(costs[steps - 1], missing < 0 ? 0 : missingBps);
    }

    /// What goes out until the decided encoding comes: the lowest that does where none below is there. 0 where one is.
    public long meanwhileBps() {
        if (step == NOTHING || !layers.encodings()) {
            return 0;
        }
        for (int layer = 0; layer < layers.count(); layer++) {
            if (layers.comes(layer)) {
                return layer <= spatial[step] ? 0 : assumed(layer, layers.temporalLayers(layer) - 1);
            }
        }
        return 0;
    }

    /// Whether nothing goes out for now: the decided encoding has still to come, and what comes does not fit.
    public boolean holds() {
        return holds;
    }

    void hold(boolean untilItComes) {
        holds = untilItComes;
    }

    // ---- the ladder ----

    /// Reads what there is now, and finds its place on it.
    void look() {
        steps = 0;
        missing = -1;
        missed = false;
        if (!hidden() && layers.count() > 0) {
            enough = enough();
            build();
        }
        held = !begun || spatialNow == OutgoingTrack.NO_LAYER ? NOTHING : place();
        step = held;
    }

    private int enough() {
        int top = layers.count() - 1;
        if (demand.width() <= 0 || demand.height() <= 0) {
            return top;
        }
        for (int layer = 0; layer < top; layer++) {
            boolean wide = layers.width(layer) * STRETCH >= demand.width();
            boolean high = layers.height(layer) * STRETCH >= demand.height();
            if (wide || high) {
                return sameSize(layer);
            }
        }
        return top;
    }

    /// The best of those as large as this one: encodings of a screen differ by their rates only.
    private int sameSize(int layer) {
        int best = layer;
        while (best + 1 < layers.count()
                && layers.width(best + 1) == layers.width(layer)
                && layers.height(best + 1) == layers.height(layer)) {
            best++;
        }
        return best;
    }

    private void build() {
        for (int layer = 0; layer <= enough; layer++) {
            if (layers.offered(layer)) {
                add(layer);
            } else {
                missing = layer;
                missingBps = assumed(layer, layers.temporalLayers(layer) - 1);
            }
        }
        for (int layer = enough + 1; layer < layers.count() && steps == 0; layer++) {
            if (layers.offered(layer)) {
                add(layer);
            }
        }
        if (steps > 0 && missing < spatial[steps - 1]) {
            missing = -1;
        }
    }

    /// A screen keeps its size and gives up its rate, a camera the other way round.
    private void add(int layer) {
        int rates = layers.temporalLayers(layer);
        boolean share = demand.weight() == Demand.Weight.SHARE;
        boolean allRates = steps == 0 || (share && layer >= enough);
        for (int t = allRates ? 0 : Math.max(0, rates - RATES_WORTH_SHOWING); t < rates; t++) {
            spatial[steps] = layer;
            temporal[steps] = t == rates - 1 ? OutgoingTrack.ALL_LAYERS : t;
            long below = steps == 0 ? 0 : costs[steps - 1];
            costs[steps++] = Math.max(below, assumed(layer, t));
        }
    }

    /// Measured where it comes; what does not come may take more than when it came last.
    private long assumed(int layer, int t) {
        long measured = layers.bps(layer, t);
        if (layers.comes(layer) && measured != SourceLayers.UNKNOWN) {
            return measured;
        }
        if (!layers.encodings() && measured != SourceLayers.UNKNOWN) {
            return measured;
        }
        boolean share = demand.weight() == Demand.Weight.SHARE;
        return Math.max(measured, NominalRates.bps(layers, layer, share) / (layers.temporalLayers(layer) - t));
    }

    /// The lowest step that is not below what was decided last.
    private int place() {
        for (int i = 0; i < steps; i++) {
            boolean above = spatial[i] > spatialNow;
            if (above || (spatial[i] == spatialNow && temporal[i] >= temporalNow)) {
                return i;
            }
        }
        return steps - 1;
    }

    int top() {
        return steps - 1;
    }

    long lowestBps() {
        return steps == 0 ? 0 : costs[0];
    }

    long cost(int at) {
        return costs[at];
    }

    /// Whether it need not wait for more: it has not begun, or its viewer has just asked.
    boolean atOnce() {
        return !begun || urgent;
    }

    /// Takes what was decided.
    ///
    /// @param spareBps what nobody uses
    void settle(long spareBps) {
        urgent = false;
        if (step == NOTHING) {
            spatialNow = OutgoingTrack.NO_LAYER;
            return;
        }
        begun = true;
        missed = missing >= 0 && step == top() && missingBps - costs[step] <= spareBps;
        boolean all = step == top() && enough == layers.count() - 1;
        spatialNow = all && !layers.encodings() ? OutgoingTrack.ALL_LAYERS : spatial[step];
        temporalNow = temporal[step];
    }
}
