package dev.parley.sfu.base;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/// A loop whose turns and whose time are in a test's hands. What is posted waits until the test runs it.
public final class HandLoop implements Loop {
    private final PacketPool packets = new PacketPool(10_000);
    private final Counters counters = new Counters();
    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private final Set<Runnable> atEnd = new LinkedHashSet<>();
    private final Set<Timed> touched = new LinkedHashSet<>();
    private boolean inTurn;
    private long nowNs;

    /// Runs what is posted to these loops, one turn each, until all are idle.
    public static void run(HandLoop... loops) {
        for (boolean any = true; any; ) {
            any = false;
            for (HandLoop loop : loops) {
                any |= loop.runOne();
            }
        }
    }

    /// Runs an action as a turn of this loop.
    public void turn(Runnable action) {
        if (inTurn) {
            throw new IllegalStateException("a turn within a turn");
        }
        inTurn = true;
        action.run();
        while (!atEnd.isEmpty()) {
            Runnable next = atEnd.iterator().next();
            atEnd.remove(next);
            next.run();
        }
        inTurn = false;
    }

    private boolean runOne() {
        Runnable command = posted.poll();
        if (command != null) {
            turn(command);
        }
        return command != null;
    }

    public void nowNs(long ns) {
        nowNs = ns;
    }

    /// How many commands wait.
    public int waiting() {
        return posted.size();
    }

    /// Whether its next deadline was to be asked for since this was called last.
    public boolean takeTouched(Timed timed) {
        return touched.remove(timed);
    }

    @Override
    public void post(Runnable command) {
        posted.add(command);
    }

    @Override
    public boolean inLoop() {
        return inTurn;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void touched(Timed timed) {
        touched.add(timed);
    }

    @Override
    public void forget(Timed timed) {
        touched.remove(timed);
    }

    @Override
    public void atEndOfTurn(Runnable action) {
        atEnd.add(action);
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public Counters counters() {
        return counters;
    }
}
