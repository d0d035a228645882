package dev.parley.bench;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Timed;

/// A loop without sockets and timers, whose time is moved by hand: everything happens on the benchmark's thread.
final class BenchLoop implements Loop {
    private final PacketPool packets = new PacketPool(4096);
    private final Counters counters = new Counters();
    private long nowNs = 1;

    void pass(long ns) {
        nowNs += ns;
    }

    @Override
    public void post(Runnable command) {
        command.run();
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void touched(Timed timed) {}

    @Override
    public void forget(Timed timed) {}

    @Override
    public void atEndOfTurn(Runnable action) {
        action.run();
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
