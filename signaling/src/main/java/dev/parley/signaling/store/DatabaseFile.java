package dev.parley.signaling.store;

import dev.parley.signaling.files.FileFolder;
import dev.parley.signaling.model.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/// The database at rest: made as a whole or not at all, looked at before it is used, never replaced by an empty one.
final class DatabaseFile {
    static final String NAME = "parley.db";
    /// A file of this size is read through in well under a second; larger ones show their damage when it is met.
    private static final long LOOKED_THROUGH_BYTES_MAX = 64L * 1024 * 1024;

    private final Path folder;

    DatabaseFile(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.resolve(NAME);
    }

    boolean exists() {
        return Files.exists(path());
    }

    /// Ready to be used: the schema is this program's.
    void prepare() throws StoreException {
        try {
            checkRestored();
            if (exists()) {
                checkWhole();
                Schema schema = Schema.of(path());
                schema.check();
                schema.migrate();
            } else {
                make();
            }
        } catch (IOException e) {
            throw new StoreException("'" + path() + "': " + e, e);
        } catch (SQLException e) {
            throw new StoreException("'" + path() + "': " + Fault.of(e).text() + " (" + e.getMessage() + ")", e);
        } catch (StoreException e) {
            throw new StoreException("'" + path() + "': " + e.getMessage(), e);
        }
    }

    /// What a restore that was cut off leaves may be a database and the files of another one.
    void checkRestored() throws StoreException {
        if (Swap.unfinished(folder)) {
            throw new StoreException("a restore was cut off: restore again, which first puts back what was there");
        }
    }

    /// Under another name until it is whole: a start that was cut off leaves no database without a schema.
    private void make() throws StoreException, IOException {
        for (String trace : new String[] {NAME + "-wal", Restore.FORMER, Restore.UNPACKED}) {
            if (Files.exists(folder.resolve(trace))) {
                throw new StoreException("it is gone, while " + trace + " is there: restore it from a backup");
            }
        }
        if (FileFolder.hasAny(folder)) {
            throw new StoreException("it is gone, while people's files are there: restore it from a backup, or move "
                    + FileFolder.NAME + " away");
        }
        Path fresh = createPrivate(NAME + ".new");
        Schema.of(fresh).migrate();
        moveIn(fresh);
    }

    /// An empty file that only its owner may read; what SQLite puts beside it gets the same rights.
    Path createPrivate(String name) throws IOException {
        for (String end : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(folder.resolve(name + end));
        }
        return Files.createFile(folder.resolve(name), OwnerOnly.file(folder));
    }

    /// Makes a closed database of this folder the one that is used.
    void moveIn(Path whole) throws IOException {
        sync(whole);
        Files.move(whole, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folder);
    }

    static void syncFolder(Path folder) {
        try {
            sync(folder);
        } catch (IOException _) {
            // not every system can flush a folder
        }
    }

    static void sync(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }

    private void checkWhole() throws StoreException, IOException, SQLException {
        if (!Files.isRegularFile(path())) {
            throw new StoreException("this is no file");
        }
        if (Files.size(path()) == 0) {
            throw new StoreException("it is empty, which we never leave it: restore it from a backup");
        }
        try (SqlConnection connection = SqlConnection.writer(path())) {
            if (Files.size(path()) <= LOOKED_THROUGH_BYTES_MAX) {
                checkWhole(connection);
            }
            connection.execute("begin immediate");
            connection.execute("rollback");
        }
    }

    static void checkWhole(SqlConnection connection) throws SQLException, StoreException {
        String found = connection.text("pragma quick_check(1)");
        if (!found.equals("ok")) {
            throw new StoreException(
                    Fault.CORRUPT.text() + " (" + found.lines().findFirst().orElse("") + ")");
        }
    }
}
