package dev.parley.sfu.edge;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Timed;
import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The turns of one loop: one time for all that happens in a turn, and the order of its end. One loop only.
final class LoopTurn {
    private final SingleThreadEventLoop eventLoop;
    private final LoopTimers timers;
    private final OncePerTurn<Runnable> actions = new OncePerTurn<>();
    private final Consumer<Throwable> faults;
    private final Runnable flush;
    private final Runnable end = this::end;
    private final Runnable wake = this::wake;
    private java.util.concurrent.@Nullable Future<?> alarm;
    private long alarmNs = Deadlines.NEVER;
    private long nowNs = System.nanoTime();
    private boolean running;

    LoopTurn(
            SingleThreadEventLoop eventLoop,
            BiConsumer<Timed, Throwable> timerFaults,
            Consumer<Throwable> faults,
            Runnable flush) {
        this.eventLoop = eventLoop;
        this.timers = new LoopTimers(timerFaults);
        this.faults = faults;
        this.flush = flush;
    }

    /// Whatever happens on the loop calls this first; only the first call of a turn does anything.
    void begin() {
        if (!running) {
            running = true;
            nowNs = System.nanoTime();
            eventLoop.executeAfterEventLoopIteration(end);
        }
    }

    long nowNs() {
        return nowNs;
    }

    LoopTimers timers() {
        return timers;
    }

    void atEnd(Runnable action) {
        actions.add(action);
    }

    private void end() {
        timers.settle();
        timers.runDue(nowNs);
        while (!actions.isEmpty()) {
            run(actions.take());
        }
        timers.settle();
        run(flush);
        running = false;
        setAlarm(timers.nextNs());
    }

    private void run(Runnable action) {
        try {
            action.run();
        } catch (Throwable fault) {
            faults.accept(fault);
        }
    }

    /// An alarm that rings too early only costs a turn; so a later deadline does not move it.
    private void setAlarm(long dueNs) {
        if (dueNs >= alarmNs) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmNs = dueNs;
        alarm = eventLoop.schedule(wake, Math.max(0, dueNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        alarm = null;
        alarmNs = Deadlines.NEVER;
        begin();
    }
}
