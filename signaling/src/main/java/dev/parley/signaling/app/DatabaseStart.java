package dev.parley.signaling.app;

import dev.parley.signaling.store.Database;
import dev.parley.signaling.store.StoreException;
import dev.parley.signaling.store.StoreWatch;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.LoggerFactory;

/// The database on its way to being open, while the engine starts beside it. Used by one thread.
final class DatabaseStart {
    private final FutureTask<Database> opening;

    private DatabaseStart(FutureTask<Database> opening) {
        this.opening = opening;
    }

    static DatabaseStart begin(Path folder, StoreWatch watch) {
        LoggerFactory.getILoggerFactory(); // which complains when two threads want it first
        FutureTask<Database> opening = new FutureTask<>(() -> Database.open(folder, watch));
        Thread.ofPlatform().name("store-start").daemon().start(opening);
        return new DatabaseStart(opening);
    }

    Database await() throws StartException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw new StartException(StartException.DATA_FOLDER, "data: " + refused.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(StartException.DATA_FOLDER, "interrupted");
        }
    }

    /// The start failed elsewhere.
    void abandon() {
        try {
            await().close();
        } catch (StartException _) {
            // there is nothing to close
        }
    }
}
