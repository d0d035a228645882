package dev.parley.sfu.rtp.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the numbers of one received stream in their order, when each has had its time to arrive: no hole that no link
/// made, timestamps that never go back, VP8 picture ids without gaps, and a key frame wherever the source changes. One
/// thread.
final class ContinuityCheck {
    private final String name;
    private final boolean video;
    private final Problems problems;
    private final Arrival before = new Arrival();
    private final List<Long> holes = new ArrayList<>();
    private int unseen;

    ContinuityCheck(String name, boolean video, Problems problems) {
        this.name = name;
        this.video = video;
        this.problems = problems;
    }

    /// The next number; null when nothing is known of it.
    void next(long index, @Nullable Arrival arrival) {
        if (arrival == null || !arrival.arrived) {
            unseen++;
            if (arrival == null || !arrival.lost) {
                holes.add(index);
            }
            return;
        }
        if (before.arrived) {
            holes.forEach(hole -> excuse(hole, arrival));
            compare(arrival);
        }
        before.copyFrom(arrival);
        holes.clear();
        unseen = 0;
    }

    /// A number that nobody dropped on the way to the receiver stands for a packet that never reached the server: the
    /// one at that distance in the stretch before or after the hole.
    private void excuse(long hole, Arrival after) {
        boolean lostBefore = before.origin != null && before.origin.wasLost(before.counter + hole - before.index);
        boolean lostAfter = after.origin != null && after.origin.wasLost(after.counter - (after.index - hole));
        if (!lostBefore && !lostAfter) {
            problem("hole at #" + (hole & 0xffff), after);
        }
    }

    private void compare(Arrival after) {
        if (after.timestamp - before.timestamp < 0) {
            problem("timestamp goes back by " + (before.timestamp - after.timestamp), after);
        }
        if (!video) {
            return;
        }
        if (after.continues(before)) {
            sameStretch(after);
        } else {
            newStretch(after);
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
        problems.add(name + ": " + what + ", between " + before + " and " + after);
    }
}
