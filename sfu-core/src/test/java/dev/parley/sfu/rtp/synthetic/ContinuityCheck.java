package dev.parley.sfu.rtp.synthetic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the numbers of one received stream in their order, when each has had its time to arrive: no hole that no link
/// made, timestamps that never go back, VP8 picture ids without gaps, and a key frame wherever the source changes. One
/// thread.
final class ContinuityCheck {
    /// Numbers that pass while a late packet is under way.
    private static final int LATE_MAX = 256;

    private static final int SUSPECTS_MAX = 1000;

    private record Suspect(long hole, String what) {}

    private final String name;
    private final boolean video;
    private final Problems problems;
    private final Arrival before = new Arrival();
    private final List<Long> holes = new ArrayList<>();
    private final ArrayDeque<Suspect> suspects = new ArrayDeque<>();
    private int unseen;
    private long lateBegin = -LATE_MAX;

    ContinuityCheck(String name, boolean video, Problems problems) {
        this.name = name;
        this.video = video;
        this.problems = problems;
    }

    /// The next number; null when nothing is known of it.
    void next(long index, @Nullable Arrival arrival) {
        if (arrival == null || !arrival.arrived) {
            unseen++;
            if (arrival == null || !(arrival.lost || arrival.empty)) {
                holes.add(index);
            }
            return;
        }
        if (before.arrived) {
            holes.forEach(hole -> judge(hole, arrival));
            sentence(arrival);
            compare(arrival);
        }
        before.copyFrom(arrival);
        holes.clear();
        unseen = 0;
    }

    /// A number that nobody dropped on the way to the receiver stands for a packet that never reached the server: the
    /// one at that distance in the stretch before or after the hole, or in one between them of which nothing came.
    private void judge(long hole, Arrival after) {
        long counterBefore = before.counter + hole - before.index;
        long counterAfter = after.counter - (after.index - hole);
        if (lost(before.origin, counterBefore) || lost(after.origin, counterAfter) || hole < lateBegin + LATE_MAX) {
            return;
        }
        if (before.origin == after.origin && anyLost(before.origin, counterBefore, counterAfter)) {
            return;
        }
        boolean overtaken = before.origin != null && before.origin.wasOvertaken(counterBefore);
        String what = describe("hole at #" + (hole & 0xffff), after);
        if (overtaken && suspects.size() < SUSPECTS_MAX) {
            suspects.add(new Suspect(hole, what));
        } else {
            problems.add(what);
        }
    }

    private static boolean lost(@Nullable SyntheticStream origin, long counter) {
        return origin != null && origin.wasLost(counter);
    }

    private static boolean anyLost(@Nullable SyntheticStream origin, long from, long to) {
        for (long counter = from; counter < Math.min(to, from + LATE_MAX); counter++) {
            if (lost(origin, counter)) {
                return true;
            }
        }
        return false;
    }

    /// A packet that came to the server late is not sent when the source was changed meanwhile: such a hole is right
    /// when its stretch ends soon behind it, else it is a problem.
    private void sentence(Arrival after) {
        boolean newStretch = !after.continues(before);
        while (!suspects.isEmpty() && (newStretch || suspects.getFirst().hole < after.index - LATE_MAX)) {
            Suspect suspect = suspects.removeFirst();
            if (suspect.hole < after.index - LATE_MAX) {
                problems.add(suspect.what);
            }
        }
    }

    /// The stream ended.
    void finish() {
        suspects.clear();
    }

    private void compare(Arrival after) {
        if (after.timestamp - before.timestamp < 0) {
            problem("timestamp goes back by " + (before.timestamp - after.timestamp), after);
        }
        boolean newStretch = !after.continues(before);
        if (newStretch) {
            beginLate(after);
        }
        if (video && newStretch) {
            newStretch(after);
        } else if (video) {
            sameStretch(after);
        }
    }

    /// A stretch whose first packet had to be repaired, or was overtaken: what followed it may have come to the server
    /// before this receiver was shown the source.
    private void beginLate(Arrival first) {
        SyntheticStream origin = first.origin;
        if (origin != null && (origin.wasLost(first.counter) || origin.wasOvertaken(first.counter))) {
            lateBegin = first.index;
        }
    }

    private void sameStretch(Arrival after) {
        if ((after.pictureId - before.pictureId & 0x7fff) != (after.frame - before.frame & 0x7fff)) {
            problem("picture id " + before.pictureId + " then " + after.pictureId, after);
        }
        if ((after.tl0PicIdx - before.tl0PicIdx & 0xff)
                != (after.originalTl0PicIdx - before.originalTl0PicIdx & 0xff)) {
            problem("TL0PICIDX " + before.tl0PicIdx + " then " + after.tl0PicIdx, after);
        }
        if (after.frame == before.frame && after.timestamp != before.timestamp) {
            problem("one frame with two timestamps", after);
        }
    }

    private void newStretch(Arrival after) {
        if (unseen == 0 && !after.startsKeyFrame()) {
            problem("the source changes without a key frame", after);
        }
        int pictures = after.pictureId - before.pictureId & 0x7fff;
        if (pictures < 1 || pictures > unseen + 1) {
            problem("the source changes, picture id " + before.pictureId + " then " + after.pictureId, after);
        }
    }

    private void problem(String what, Arrival after) {
        problems.add(describe(what, after));
    }

    private String describe(String what, Arrival after) {
        return name + ": " + what + ", between " + before + " and " + after;
    }
}
