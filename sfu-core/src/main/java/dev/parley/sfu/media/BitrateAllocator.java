package dev.parley.sfu.media;

import dev.parley.sfu.base.Deadlines;
import java.util.List;

/// Spends what may be sent to one viewer over the pictures that it sees. Everybody's lowest step comes first, in the
/// order of weight; then weight by weight all pictures climb together, a step each in their order. No picture climbs
/// above what its tile has a use for.
///
/// What no longer fits falls at once. What would fit climbs when it has done so for a while and with room to spare,
/// because each climb costs a key frame and a fall behind it is seen. Pure arithmetic; one thread; allocates nothing
/// once it has seen its largest number of pictures.
public final class BitrateAllocator {
    /// As a budget: nobody knows, and nothing is held back.
    public static final long UNKNOWN = Long.MAX_VALUE;

    /// Climbing, a tenth stays free: encoders meet their rate within about so much, and an estimate that follows
    /// Google's congestion control swings by as much between its probes.
    static final double ROOM_TO_CLIMB = 0.9;

    /// Before this viewer ever lost a step: long enough for one more report of its receiver.
    static final long FIRST_CLIMB_NS = 500_000_000;

    /// Later: longer than the estimator takes from one probe of the link to the next verdict.
    static final long CLIMB_NS = 2_000_000_000;

    /// A picture that stands is worse than one that changes once too often.
    static final long RESUME_NS = 1_000_000_000;

    /// The most wanted picture has at least its lowest step for so long after the first one came, whatever the budget
    /// says: an estimate begins low, and a newcomer should not sit in the dark while it finds out.
    static final long FIRST_SIGHT_NS = 2_000_000_000;

    /// A step that was lost so soon should not have been taken.
    static final long PROVEN_NS = 10_000_000_000L;

    /// After steps that were lost the next ones wait twice as long, up to this.
    static final long CLIMB_MAX_NS = 16_000_000_000L;

    private ViewedPicture[] order = {};
    private int count;
    private long usedBps;
    private long firstNs = Deadlines.NEVER;
    private long climbWaitNs = FIRST_CLIMB_NS;
    private long climbedNs = Long.MIN_VALUE / 2;
    private long lostNs = Long.MIN_VALUE / 2;

    /// Decides for each picture what it gets now.
    ///
    /// @param pictures those with a source; their layers are filled anew
    /// @param budgetBps what all of them together may take
    public void allocate(List<ViewedPicture> pictures, long budgetBps, long nowNs) {
        sort(pictures);
        for (int i = 0; i < count; i++) {
            order[i].look();
        }
        long least = count > 0 && firstSight(nowNs) ? order[0].lowestBps() : 0;
        long atLeast = Math.max(budgetBps, (long) Math.ceil(least / ROOM_TO_CLIMB));
        fall(atLeast, nowNs);
        climb(atLeast, nowNs);
        long spareBps = roomFor(atLeast) - usedBps;
        for (int i = 0; i < count; i++) {
            order[i].settle(spareBps);
        }
        hold(atLeast, nowNs);
    }

    private boolean firstSight(long nowNs) {
        firstNs = Math.min(firstNs, nowNs);
        return nowNs - firstNs < FIRST_SIGHT_NS;
    }

    /// Where the encoding that was decided has still to come and only larger ones are there, they go out meanwhile if
    /// they fit as well.
    private void hold(long budgetBps, long nowNs) {
        long goesOut = usedBps;
        for (int i = 0; i < count; i++) {
            ViewedPicture picture = order[i];
            long more = Math.max(0, picture.meanwhileBps() - picture.costBps());
            boolean holds = more > 0 && goesOut + more > budgetBps && !(i == 0 && firstSight(nowNs));
            picture.hold(holds);
            goesOut += holds ? -picture.costBps() : more;
        }
    }

    /// What the pictures take as they were decided last.
    public long usedBps() {
        return usedBps;
    }

    private void sort(List<ViewedPicture> pictures) {
        count = pictures.size();
        if (order.length < count) {
            order = new ViewedPicture[2 * count];
        }
        for (int i = 0; i < count; i++) {
            ViewedPicture picture = pictures.get(i);
            int at = i;
            for (; at > 0 && before(picture.demand(), order[at - 1].demand()); at--) {
                order[at] = order[at - 1];
            }
            order[at] = picture;
        }
    }

    private static boolean before(Demand one, Demand other) {
        int byWeight = one.weight().compareTo(other.weight());
        return byWeight < 0 || (byWeight == 0 && one.order() < other.order());
    }

    private void fall(long budgetBps, long nowNs) {
        usedBps = 0;
        for (int i = 0; i < count; i++) {
            ViewedPicture picture = order[i];
            usedBps += picture.held < 0 ? 0 : picture.cost(picture.held);
            picture.limit = picture.held;
        }
        if (usedBps <= budgetBps) {
            return;
        }
        spend(budgetBps);
        for (int i = 0; i < count; i++) {
            order[i].held = order[i].step;
        }
        if (nowNs - climbedNs < PROVEN_NS) {
            climbWaitNs = Math.min(2 * Math.max(climbWaitNs, CLIMB_NS / 2), CLIMB_MAX_NS);
        } else {
            climbWaitNs = Math.max(climbWaitNs, CLIMB_NS);
        }
        climbedNs = Long.MIN_VALUE / 2;
        lostNs = nowNs;
    }

    private void climb(long budgetBps, long nowNs) {
        if (nowNs - lostNs > 2 * CLIMB_MAX_NS) {
            climbWaitNs = Math.min(climbWaitNs, CLIMB_NS);
        }
        for (int i = 0; i < count; i++) {
            order[i].limit = order[i].top();
        }
        spend(budgetBps);
        boolean any = false;
        for (int i = 0; i < count; i++) {
            ViewedPicture picture = order[i];
            boolean ripe = ripe(picture, budgetBps, nowNs);
            any |= ripe;
            picture.limit = ripe ? picture.step : picture.held;
        }
        if (any) {
            spend(budgetBps);
        } else {
            keep();
        }
    }

    /// Whether a picture that would get more now is to have it.
    private boolean ripe(ViewedPicture picture, long budgetBps, long nowNs) {
        if (picture.step <= picture.held) {
            picture.roomSinceNs = Deadlines.NEVER;
            return false;
        }
        if (picture.roomSinceNs == Deadlines.NEVER) {
            picture.roomSinceNs = nowNs;
        }
        if (budgetBps == UNKNOWN || picture.atOnce()) {
            return true;
        }
        long resumeNs = Math.max(Math.min(climbWaitNs, RESUME_NS), climbWaitNs / 4);
        boolean ripe = nowNs - picture.roomSinceNs >= (picture.held < 0 ? resumeNs : climbWaitNs);
        climbedNs = ripe ? nowNs : climbedNs;
        return ripe;
    }

    private void keep() {
        usedBps = 0;
        for (int i = 0; i < count; i++) {
            ViewedPicture picture = order[i];
            picture.step = picture.held;
            usedBps += picture.held < 0 ? 0 : picture.cost(picture.held);
        }
    }

    /// As far as each picture's limit allows.
    private void spend(long budgetBps) {
        usedBps = 0;
        for (int i = 0; i < count; i++) {
            order[i].step = ViewedPicture.NOTHING;
            raise(order[i], budgetBps);
        }
        int to;
        for (int from = 0; from < count; from = to) {
            to = from + 1;
            while (to < count
                    && order[to].demand().weight() == order[from].demand().weight()) {
                to++;
            }
            raiseTogether(from, to, budgetBps);
        }
    }

    private void raiseTogether(int from, int to, long budgetBps) {
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int i = from; i < to; i++) {
                raised |= order[i].step >= 0 && raise(order[i], budgetBps);
            }
        }
    }

    /// One step, if it fits: with room to spare where the picture does not stand so high already.
    private boolean raise(ViewedPicture picture, long budgetBps) {
        int next = picture.step + 1;
        if (next > picture.limit) {
            return false;
        }
        long cost = picture.cost(next) - (picture.step < 0 ? 0 : picture.cost(picture.step));
        if (usedBps + cost > (next > picture.held ? roomFor(budgetBps) : budgetBps)) {
            return false;
        }
        usedBps += cost;
        picture.step = next;
        return true;
    }

    private static long roomFor(long budgetBps) {
        return (long) (budgetBps * ROOM_TO_CLIMB);
    }
}
