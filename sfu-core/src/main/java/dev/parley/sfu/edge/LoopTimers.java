package dev.parley.sfu.edge;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Timed;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Calls what is due on a loop, and knows when the loop must wake up for the next. One loop only.
final class LoopTimers {
    /// Who asks again for a time that has passed is called at the next turn, not for ever in this one.
    private static final long STEP_NS = 100_000;

    private final Deadlines<Timed> deadlines = new Deadlines<>();
    private final OncePerTurn<Timed> touched = new OncePerTurn<>();
    private final BiConsumer<Timed, Throwable> faults;

    /// @param faults gets what a `Timed` threw; it is forgotten before
    LoopTimers(BiConsumer<Timed, Throwable> faults) {
        this.faults = faults;
    }

    void touched(Timed timed) {
        touched.add(timed);
    }

    void forget(Timed timed) {
        touched.remove(timed);
        deadlines.set(timed, Deadlines.NEVER);
    }

    /// Asks all that were touched when they are due next.
    void settle() {
        while (!touched.isEmpty()) {
            settle(touched.take(), Long.MIN_VALUE);
        }
    }

    /// Calls each that is due once.
    void runDue(long nowNs) {
        for (@Nullable Timed due = deadlines.pollDue(nowNs); due != null; due = deadlines.pollDue(nowNs)) {
            touched.add(due);
            if (run(due, nowNs) && touched.remove(due)) {
                settle(due, nowNs + STEP_NS);
            }
        }
    }

    /// `Deadlines.NEVER` when nothing is due.
    long nextNs() {
        return deadlines.nextNs();
    }

    int size() {
        return deadlines.size();
    }

    private boolean run(Timed due, long nowNs) {
        try {
            due.onTime(nowNs);
            return true;
        } catch (Throwable fault) {
            forget(due);
            faults.accept(due, fault);
            return false;
        }
    }

    private void settle(Timed timed, long earliestNs) {
        try {
            deadlines.set(timed, Math.max(earliestNs, timed.nextTimeNs()));
        } catch (Throwable fault) {
            forget(timed);
            faults.accept(timed, fault);
        }
    }
}
