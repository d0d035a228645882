package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Deadlines;

/// When something is sent again that was not answered: each time later, and not for ever. One loop's thread.
final class RepeatTimer {
    private final long mostNs;
    private final int repeatsMax;
    private long intervalNs;
    private long dueNs;
    private int repeats;

    RepeatTimer(long firstNs, long mostNs, int repeatsMax, long nowNs) {
        this.mostNs = mostNs;
        this.repeatsMax = repeatsMax;
        intervalNs = firstNs;
        dueNs = nowNs + firstNs;
    }

    /// Never due.
    static RepeatTimer stopped() {
        RepeatTimer timer = new RepeatTimer(0, 0, 0, 0);
        timer.dueNs = Deadlines.NEVER;
        return timer;
    }

    long nextTimeNs() {
        return dueNs;
    }

    /// True when it is time to send again; `isExhausted` then says whether there is any point.
    boolean fires(long nowNs) {
        if (nowNs < dueNs) {
            return false;
        }
        repeats++;
        intervalNs = Math.min(2 * intervalNs, mostNs);
        dueNs = nowNs + intervalNs;
        return true;
    }

    boolean isExhausted() {
        return repeats > repeatsMax;
    }
}
