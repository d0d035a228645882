package dev.parley.signaling.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Ends the process as asked by SIGTERM or SIGINT, at whatever moment of its life that comes. While the server starts,
/// its start is waited for, so that nothing is left half made. Used by the thread that starts the server.
final class StopSignal {
    /// Longer than a start takes; together with the end of a server that nobody has come to it stays within 5 s.
    private static final long START_MS_MAX = 3_000;

    private final CompletableFuture<@Nullable Server> started = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "stop");

    private StopSignal() {}

    /// From here on the process ends with 0 when it is asked to.
    static StopSignal expect() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /// @param server null where there is nothing to stop
    void started(@Nullable Server server) {
        started.complete(server);
    }

    /// The start came to nothing: the process ends by itself, with a code that says so.
    ///
    /// @return false when it has been asked to end, and does
    boolean withdraw() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) { // it is running
            started(null);
            return false;
        }
    }

    /// Stopped as asked is success, while a JVM that ends by a signal would say otherwise.
    private void stop() {
        try {
            Server server = started.get(START_MS_MAX, TimeUnit.MILLISECONDS);
            if (server != null) {
                server.close();
            }
        } catch (TimeoutException | ExecutionException _) {
            // whatever it is that takes so long, it serves nobody
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
