package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Timed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A loop on a thread of its own, in real time and without timers.
final class ThreadLoop implements Loop, AutoCloseable {
    private final Counters counters = new Counters();
    private final PacketPool packets = new PacketPool(1_024);
    private volatile Thread thread = Thread.currentThread();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(command -> {
        thread = new Thread(command, "test-loop");
        return thread;
    });

    void runAndWait(Runnable command) throws InterruptedException, ExecutionException {
        executor.submit(command).get();
    }

    @Override
    public void post(Runnable command) {
        executor.execute(command);
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void touched(Timed timed) {}

    @Override
    public void forget(Timed timed) {}

    @Override
    public void atEndOfTurn(Runnable action) {
        post(action);
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        executor.close();
    }
}
