package dev.parley.bench.synth;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Timed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// The one thread of synthetic participants: their sockets, commands and deadlines. `post` and `close` may be called
/// from any thread, everything else on the loop only.
public final class SynthLoop implements Loop, AutoCloseable {
    /// Packets kept for the next burst.
    private static final int IDLE_PACKETS_MAX = 8192;

    private final Selector selector;
    private final Thread thread;
    private final PacketPool packets = new PacketPool(IDLE_PACKETS_MAX);
    private final Counters counters = new Counters();
    private final Deadlines<Timed> deadlines = new Deadlines<>();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Runnable> atEnd = new ArrayDeque<>();
    private final Set<Timed> touched = new LinkedHashSet<>();
    private volatile boolean closing;
    private long nowNs = System.nanoTime();

    public SynthLoop(String name) throws IOException {
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    Selector selector() {
        return selector;
    }

    @Override
    public void post(Runnable command) {
        commands.add(command);
        selector.wakeup();
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
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
        deadlines.set(timed, Deadlines.NEVER);
    }

    @Override
    public void atEndOfTurn(Runnable action) {
        if (!atEnd.contains(action)) {
            atEnd.add(action);
        }
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    /// Ends the thread; sockets that are still open are closed.
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                await();
                turn();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() throws IOException {
        long waitNs = deadlines.nextNs() == Deadlines.NEVER ? Long.MAX_VALUE : deadlines.nextNs() - System.nanoTime();
        if (!commands.isEmpty() || waitNs <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.min(1_000, TimeUnit.NANOSECONDS.toMillis(waitNs) + 1));
        }
    }

    private void turn() {
        nowNs = System.nanoTime();
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        selector.selectedKeys().forEach(key -> ((SynthSocket) key.attachment()).readAll());
        selector.selectedKeys().clear();
        settle();
        nowNs = System.nanoTime();
        for (Timed due = deadlines.pollDue(nowNs); due != null; due = deadlines.pollDue(nowNs)) {
            touched.add(due);
            due.onTime(nowNs);
        }
        for (Runnable action = atEnd.poll(); action != null; action = atEnd.poll()) {
            action.run();
        }
        settle();
    }

    private void settle() {
        while (!touched.isEmpty()) {
            Timed timed = touched.iterator().next();
            touched.remove(timed);
            deadlines.set(timed, timed.nextTimeNs());
        }
    }
}
