package dev.parley.signaling.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one who writes, on a thread of its own: whatever came in while the transaction before went to the disk is the
/// next one, so that a burst costs few flushes and a lone write does not wait. Results come after the commit, in the
/// order of the requests. Callable from any thread.
final class Writer implements AutoCloseable {
    /// Seconds of the fastest chat there may be; what comes beyond it is refused at once.
    static final int QUEUE_MAX = 4_096;
    /// What a transaction holds is what others wait for.
    static final int BATCH_MAX = 256;

    private static final long GOODBYE_MS = 2_000;

    private final SqlConnection connection;
    private final StoreWatch watch;
    private final Failures failures;
    private final ArrayBlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread thread;
    private volatile boolean closing;

    private static final class Job<T> {
        private final Work<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable T value;

        Job(Work<T> work) {
            this.work = work;
        }

        void run(SqlConnection connection) throws SQLException {
            value = work.run(connection);
        }

        void committed() {
            result.complete(value);
        }
    }

    Writer(SqlConnection connection, StoreWatch watch, Failures failures) {
        this.connection = connection;
        this.watch = watch;
        this.failures = failures;
        this.thread = Thread.ofPlatform().name("store").daemon().start(this::serve);
    }

    /// Fails with a `Refusal` when it was not stored.
    <T> CompletionStage<T> write(Work<T> work) {
        Job<T> job = new Job<>(work);
        if (closing) {
            job.result.completeExceptionally(failures.closed());
        } else if (!queue.offer(job)) {
            job.result.completeExceptionally(failures.overrun("store_queue"));
        }
        return job.result;
    }

    private void serve() {
        List<Job<?>> batch = new ArrayList<>(BATCH_MAX);
        try {
            while (!closing || !queue.isEmpty()) {
                Job<?> first = queue.poll(GOODBYE_MS / 10, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH_MAX - 1);
                    carryOut(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(List<Job<?>> batch) {
        try {
            commit(batch);
        } catch (SQLException | RuntimeException e) {
            rollBack();
            if (batch.size() == 1 || concernsAll(e)) {
                var refusal = failures.of(e);
                batch.forEach(job -> job.result.completeExceptionally(refusal));
            } else {
                batch.forEach(job -> carryOut(List.of(job))); // one of them is to blame, the others are not
            }
            return;
        }
        batch.forEach(Job::committed);
    }

    private static boolean concernsAll(Exception e) {
        return e instanceof SQLException sql && Fault.of(sql).concernsAll();
    }

    private void commit(List<Job<?>> batch) throws SQLException {
        long startedNs = System.nanoTime();
        connection.execute("begin immediate");
        for (Job<?> job : batch) {
            job.run(connection);
        }
        connection.execute("commit");
        watch.committed(System.nanoTime() - startedNs);
    }

    /// SQLite has rolled back by itself after some failures, and says so by refusing to do it again.
    private void rollBack() {
        connection.forgetPrepared();
        try {
            connection.execute("rollback");
        } catch (SQLException _) {
            // nothing is open any more
        }
    }

    /// What is in the queue is still written.
    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            thread.join(GOODBYE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
            job.result.completeExceptionally(failures.closed());
        }
        if (!thread.isAlive()) {
            connection.close();
        }
    }
}
