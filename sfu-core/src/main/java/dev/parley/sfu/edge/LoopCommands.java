package dev.parley.sfu.edge;

import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Commands for a loop from any thread, run in the order of posting; a burst of them wakes the loop once.
final class LoopCommands {
    /// Run before sockets are looked at again.
    private static final int IN_A_ROW_MAX = 1024;

    private final SingleThreadEventLoop eventLoop;
    private final LoopTurn turn;
    private final Consumer<Throwable> faults;
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable run = this::run;

    LoopCommands(SingleThreadEventLoop eventLoop, LoopTurn turn, Consumer<Throwable> faults) {
        this.eventLoop = eventLoop;
        this.turn = turn;
        this.faults = faults;
    }

    /// After the loop was shut down nothing happens any more.
    void post(Runnable command) {
        queue.add(command);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                eventLoop.execute(run);
            } catch (RejectedExecutionException _) {
                queue.clear();
            }
        }
    }

    private void run() {
        scheduled.set(false);
        turn.begin();
        if (!runPending()) {
            schedule();
        }
    }

    /// What has been posted so far, within the turn that is under way. True when nothing is left.
    boolean runPending() {
        for (int i = 0; i < IN_A_ROW_MAX; i++) {
            @Nullable Runnable command = queue.poll();
            if (command == null) {
                return true;
            }
            try {
                command.run();
            } catch (Throwable fault) {
                faults.accept(fault);
            }
        }
        return false;
    }
}
