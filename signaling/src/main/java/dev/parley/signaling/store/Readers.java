package dev.parley.signaling.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Those who read, each with a connection of its own; none waits for the writer, nor the writer for them. Callable from
/// any thread.
final class Readers implements AutoCloseable {
    /// A page of history takes less than a millisecond.
    static final int THREADS = 2;
    /// A room of hundreds that comes back at once; more are told to ask again.
    static final int QUEUE_MAX = 1_024;

    private static final long GOODBYE_MS = 1_000;

    private final Failures failures;
    private final BlockingQueue<SqlConnection> idle = new ArrayBlockingQueue<>(THREADS);
    private final List<SqlConnection> all = new ArrayList<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_MAX),
            Thread.ofPlatform().name("store-reader-", 0).daemon().factory());

    Readers(Path file, Failures failures) throws SQLException {
        this.failures = failures;
        for (int i = 0; i < THREADS; i++) {
            all.add(SqlConnection.reader(file));
        }
        idle.addAll(all);
    }

    /// Fails with a `Refusal` when it could not be read.
    <T> CompletionStage<T> read(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> carryOut(work, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(threads.isShutdown() ? failures.closed() : failures.overrun("store_reads"));
        }
        return result;
    }

    private <T> void carryOut(Work<T> work, CompletableFuture<T> result) {
        SqlConnection connection = idle.remove(); // there are as many as threads
        T value;
        try {
            value = work.run(connection);
        } catch (SQLException | RuntimeException e) {
            connection.forgetPrepared();
            result.completeExceptionally(failures.of(e));
            return;
        } finally {
            idle.add(connection);
        }
        result.complete(value);
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        boolean done;
        try {
            done = threads.awaitTermination(GOODBYE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done = false;
        }
        if (done) {
            for (SqlConnection connection : all) {
                connection.close();
            }
        }
    }
}
