package dev.parley.sfu.media;

import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Timed;
import java.util.LinkedHashSet;
import java.util.Set;

/// A loop in virtual time for tests of what lives on loops: whatever happens on it happens in a turn, and what is
/// posted
/// to it in a turn of its own. It has no timers; tests call what is due themselves.
final class TurnLoop implements Loop {
    private final Simulation simulation;
    private final PacketPool packets = new PacketPool(10_000);
    private final Counters counters = new Counters();
    private final Set<Runnable> atEnd = new LinkedHashSet<>();
    private boolean inTurn;

    TurnLoop(Simulation simulation) {
        this.simulation = simulation;
    }

    void turn(Runnable action) {
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

    @Override
    public void post(Runnable command) {
        simulation.at(simulation.nowNs(), () -> turn(command));
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
    public void touched(Timed timed) {}

    @Override
    public void forget(Timed timed) {}

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
