package dev.parley.signaling.store;

import dev.parley.signaling.chat.ChatStore;
import dev.parley.signaling.files.FileStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open database of a running server. Callable from any thread; nothing here blocks but opening and closing.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final FolderLock lock;
    private final Writer writer;
    private final Readers readers;

    private Database(FolderLock lock, Writer writer, Readers readers) {
        this.lock = lock;
        this.writer = writer;
        this.readers = readers;
    }

    /// Opens the database of a data folder, makes it where there is none, and brings its schema up to date.
    public static Database open(Path folder, StoreWatch watch) throws StoreException {
        SqliteLibrary.load(folder);
        FolderLock lock = FolderLock.take(folder);
        try {
            DatabaseFile file = new DatabaseFile(folder);
            file.prepare();
            Failures failures = new Failures(watch);
            Readers readers = new Readers(file.path(), failures);
            return new Database(lock, new Writer(SqlConnection.writer(file.path()), watch, failures), readers);
        } catch (SQLException e) {
            lock.close();
            throw new StoreException(
                    "the database cannot be opened: " + Fault.of(e).text() + ": " + e.getMessage(), e);
        } catch (StoreException e) {
            lock.close();
            throw e;
        }
    }

    public ChatStore chat() {
        return new SqlChatStore(this, SqlChatStore.KEPT_MAX);
    }

    public FileStore files() {
        return new SqlFileStore(this);
    }

    <T> CompletionStage<T> write(Work<T> work) {
        return writer.write(work);
    }

    <T> CompletionStage<T> read(Work<T> work) {
        return readers.read(work);
    }

    /// What was asked for is still written.
    @Override
    public void close() {
        try {
            readers.close();
            writer.close();
        } catch (SQLException e) {
            LOG.warn("the database did not close as it should: {}", e.getMessage());
        }
        lock.close();
    }
}
