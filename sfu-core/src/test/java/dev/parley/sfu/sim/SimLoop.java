package dev.parley.sfu.sim;

import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Timed;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/// An event loop in virtual time. Each of its turns is an event of the simulation; what is posted to it runs in a turn
/// of its own, never inside the caller's.
final class SimLoop implements Loop {
    private final Simulation simulation;
    private final PacketPool packets = new PacketPool(1_000_000);
    private final Counters counters = new Counters();
    private final Deadlines<Timed> deadlines = new Deadlines<>();
    private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
    private final Set<Runnable> atEnd = new LinkedHashSet<>();
    private final Set<Timed> touched = new LinkedHashSet<>();
    private boolean inTurn;
    private long wakeNs = Deadlines.NEVER;

    SimLoop(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void post(Runnable command) {
        commands.add(command);
        wake(simulation.nowNs());
    }

    @Override
    public boolean inLoop() {
        return inTurn;
    }

    @Override
    public long nowNs() {
        return simulation.nowNs();
    }

    @Override
    public void touched(Timed timed) {
        touched.add(timed);
    }

    @Override
    public void forget(Timed timed) {
        touched.remove(timed);
        deadlines.set(timed, Deadlines.NEVER);
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

    /// Things that wait for their time; none once everything has ended.
    int timers() {
        return deadlines.size();
    }

    private void wake(long atNs) {
        if (!inTurn && atNs < wakeNs) {
            wakeNs = atNs;
            simulation.at(atNs, () -> turn(atNs));
        }
    }

    private void turn(long plannedNs) {
        if (plannedNs == wakeNs) {
            wakeNs = Deadlines.NEVER;
        }
        inTurn = true;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        reschedule();
        for (Timed due = deadlines.pollDue(nowNs()); due != null; due = deadlines.pollDue(nowNs())) {
            due.onTime(nowNs());
            touched.add(due);
            reschedule();
        }
        while (!atEnd.isEmpty()) {
            Runnable action = atEnd.iterator().next();
            atEnd.remove(action);
            action.run();
        }
        reschedule();
        inTurn = false;
        wake(commands.isEmpty() ? deadlines.nextNs() : nowNs());
    }

    private void reschedule() {
        while (!touched.isEmpty()) {
            Timed timed = touched.iterator().next();
            touched.remove(timed);
            deadlines.set(timed, timed.nextTimeNs());
        }
    }
}
