package dev.parley.signaling.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native part, loaded once in a process. It is unpacked into a folder of its own that is gone again when the
/// library is loaded, so that a process that is killed leaves nothing behind. Callable from any thread.
final class SqliteLibrary {
    private static final String UNPACK_INTO = "org.sqlite.tmpdir";
    private static boolean loaded;

    private SqliteLibrary() {}

    /// @param spare where to unpack when what is in the system's folder for such things cannot be executed
    static synchronized void load(Path spare) throws StoreException {
        if (loaded) {
            return;
        }
        StringBuilder reasons = new StringBuilder();
        for (Path folder : List.of(Path.of(System.getProperty("java.io.tmpdir")), spare)) {
            try {
                loadFrom(folder);
                loaded = true;
                return;
            } catch (Exception | LinkageError e) {
                reasons.append("; in ").append(folder).append(": ").append(e.getMessage());
            }
        }
        throw new StoreException("SQLite's library cannot be loaded" + reasons);
    }

    private static void loadFrom(Path folder) throws Exception {
        Path own = Files.createTempDirectory(folder, "sqlite-");
        try {
            System.setProperty(UNPACK_INTO, own.toString());
            if (!SQLiteJDBCLoader.initialize()) {
                throw new IOException("it does not load");
            }
        } finally {
            System.clearProperty(UNPACK_INTO);
            delete(own);
        }
    }

    /// Where a loaded library cannot be deleted, it is when the process ends.
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
