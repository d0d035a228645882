package dev.parley.signaling.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Puts a backup into a data folder that no server uses. Nothing is replaced before the backup was read as a whole and
/// found good.
public final class Restore {
    /// What was there before stays under this name.
    public static final String FORMER = DatabaseFile.NAME + ".before-restore";

    /// And its files in a folder of this name.
    public static final String FORMER_FILES = FilesArchive.FORMER;

    static final String UNPACKED = DatabaseFile.NAME + ".restored";

    private final Path folder;
    private final DatabaseFile database;

    private Restore(Path folder) {
        this.folder = folder;
        this.database = new DatabaseFile(folder);
    }

    /// @param replace whether a database that is there may be put aside
    public static void read(Path from, Path folder, boolean replace) throws StoreException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException("'" + folder + "' cannot be used: " + e, e);
        }
        SqliteLibrary.load(folder);
        try (FolderLock _ = FolderLock.take(folder)) {
            new Restore(folder).read(from, replace);
        }
    }

    private void read(Path from, boolean replace) throws StoreException {
        if (database.exists() && !replace) {
            throw new StoreException("'" + database.path() + "' is there already: --replace puts it aside");
        }
        try (ZipFile zip = new ZipFile(from.toFile())) {
            Path unpacked = database.createPrivate(UNPACKED);
            try {
                unpack(zip, DatabaseFile.NAME, unpacked);
                check(unpacked);
                FilesArchive.unpack(zip, folder);
                swap(unpacked);
                FilesArchive.swap(folder);
            } finally {
                Files.deleteIfExists(unpacked);
                FilesArchive.discard(folder);
            }
            for (String name : Backup.FILES) {
                unpackCertificate(zip, name);
            }
        } catch (IOException e) {
            throw new StoreException("'" + from + "' is no backup, or cannot be put there: " + e.getMessage(), e);
        }
    }

    /// Names of the archive are only compared with ours: none of them becomes a path.
    private static void unpack(ZipFile zip, String name, Path to) throws IOException, StoreException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new StoreException("'" + zip.getName() + "' is no backup: it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry);
                var out = Files.newOutputStream(to)) {
            in.transferTo(out);
        }
    }

    private static void check(Path unpacked) throws StoreException {
        try (SqlConnection connection = SqlConnection.writer(unpacked)) {
            DatabaseFile.checkWhole(connection);
        } catch (SQLException e) {
            throw new StoreException("the backup's database: " + Fault.of(e).text() + ": " + e.getMessage(), e);
        }
        Schema.of(unpacked).check();
    }

    private void swap(Path unpacked) throws IOException {
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Path now = folder.resolve(DatabaseFile.NAME + end);
            Path former = folder.resolve(FORMER + end);
            Files.deleteIfExists(former);
            if (Files.exists(now)) {
                Files.move(now, former, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        database.moveIn(unpacked);
    }

    private void unpackCertificate(ZipFile zip, String name) throws IOException, StoreException {
        if (zip.getEntry(name) != null) {
            Path place = folder.resolve(name);
            Path parent = place.resolveSibling("");
            Files.createDirectories(parent);
            Path fresh = new DatabaseFile(parent).createPrivate(place.getFileName() + ".restored");
            unpack(zip, name, fresh);
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
