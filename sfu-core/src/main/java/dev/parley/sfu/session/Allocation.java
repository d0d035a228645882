package dev.parley.sfu.session;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.media.BitrateAllocator;
import dev.parley.sfu.media.ViewedPicture;
import java.util.ArrayList;
import java.util.List;

/// Decides a few times a second, and whenever something changed, what of each picture goes to one client.
final class Allocation {
    /// Five looks a second: a link that narrows fills queues of half a second within few such times.
    static final long INTERVAL_NS = 200_000_000;

    private final BitrateAllocator allocator = new BitrateAllocator();
    private final MediaBudget budget;
    private final SlotPicture.Pauses pauses;
    private final List<ViewedPicture> pictures = new ArrayList<>();
    private long nextNs = Deadlines.NEVER;

    Allocation(MediaBudget budget, SlotPicture.Pauses pauses) {
        this.budget = budget;
        this.pauses = pauses;
    }

    /// Another source, another wish: it is looked at before this turn ends.
    void changed() {
        nextNs = Long.MIN_VALUE;
    }

    long nextTimeNs() {
        return nextNs;
    }

    void onTime(List<Reception> receptions, long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        pictures.clear();
        boolean any = false;
        for (Reception reception : receptions) {
            SlotPicture picture = reception.picture();
            if (picture != null && picture.look(reception.demand(), nowNs)) {
                pictures.add(picture.viewed());
            }
            any |= picture != null && picture.wanted(reception.demand());
        }
        allocator.allocate(pictures, budget.mediaBps(nowNs), nowNs);
        apply(receptions, nowNs);
        nextNs = any ? nowNs + INTERVAL_NS : Deadlines.NEVER;
    }

    /// Nothing will be sent in this slot any more.
    void ended(Reception reception) {
        SlotPicture picture = reception.picture();
        if (picture != null) {
            picture.end(pauses);
        }
    }

    private void apply(List<Reception> receptions, long nowNs) {
        long wantedBps = 0;
        for (ViewedPicture picture : pictures) {
            wantedBps += picture.wantedBps();
        }
        budget.wanted(wantedBps);
        int decided = 0;
        for (Reception reception : receptions) {
            SlotPicture picture = reception.picture();
            if (picture == null) {
                continue;
            }
            if (decided < pictures.size() && pictures.get(decided) == picture.viewed()) {
                decided++;
                picture.apply(nowNs);
            } else {
                picture.rest(reception.demand(), nowNs);
            }
            picture.tell(pauses, nowNs);
        }
    }
}
