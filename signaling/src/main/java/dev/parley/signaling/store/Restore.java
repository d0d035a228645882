package dev.parley.signaling.store;

import dev.parley.signaling.files.FileFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Puts a backup into a data folder that no server uses. Nothing is replaced before the backup was read as a whole and
/// found good, and then everything or nothing.
public final class Restore {
    /// What was there before stays under this name.
    public static final String FORMER = Swap.former(DatabaseFile.NAME);

    /// And its files in a folder of this name.
    public static final String FORMER_FILES = Swap.former(FileFolder.NAME);

    static final String UNPACKED = Swap.fresh(DatabaseFile.NAME);

    private final Path folder;
    private final DatabaseFile database;
    private final Swap swap;

    private Restore(Path folder, Swap.Mover mover) {
        this.folder = folder;
        this.database = new DatabaseFile(folder);
        this.swap = new Swap(folder, mover);
    }

    /// Where a restore was cut off, what was there is put back first.
    ///
    /// @param replace whether a database that is there may be put aside
    public static void read(Path from, Path folder, boolean replace) throws StoreException {
        read(from, folder, replace, Swap.Mover.ATOMIC);
    }

    static void read(Path from, Path folder, boolean replace, Swap.Mover mover) throws StoreException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException("'" + folder + "' cannot be used: " + e, e);
        }
        SqliteLibrary.load(folder);
        try (FolderLock _ = FolderLock.take(folder)) {
            Restore restore = new Restore(folder, mover);
            restore.goBack();
            restore.read(from, replace);
        }
    }

    private void goBack() throws StoreException {
        try {
            swap.undo();
        } catch (IOException e) {
            throw new StoreException("what a restore that was cut off put aside cannot be put back: " + e, e);
        }
    }

    private void read(Path from, boolean replace) throws StoreException {
        if (database.exists() && !replace) {
            throw new StoreException("'" + database.path() + "' is there already: --replace puts it aside");
        }
        try (ZipFile zip = new ZipFile(from.toFile())) {
            swap.check();
            try {
                unpack(zip);
                swap.run();
            } finally {
                swap.discard();
            }
        } catch (IOException e) {
            throw new StoreException(
                    "'" + from + "' is no backup, or cannot be put there: " + e.getMessage() + outcome(), e);
        }
    }

    private String outcome() {
        return Swap.unfinished(folder) ? "; restore again to go on" : "; all is as it was";
    }

    /// Beside what is used, and onto the disk.
    private void unpack(ZipFile zip) throws IOException, StoreException {
        swap.discard();
        Path unpacked = unpack(zip, DatabaseFile.NAME);
        check(unpacked);
        DatabaseFile.sync(unpacked);
        FilesArchive.unpack(zip, folder);
        for (String name : Backup.FILES) {
            if (zip.getEntry(name) != null) {
                DatabaseFile.sync(unpack(zip, name));
            }
        }
    }

    /// Names of the archive are only compared with ours: none of them becomes a path.
    private Path unpack(ZipFile zip, String name) throws IOException, StoreException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new StoreException("'" + zip.getName() + "' is no backup: it has no " + name);
        }
        Path place = folder.resolve(Swap.fresh(name));
        Path parent = place.resolveSibling("");
        Files.createDirectories(parent);
        Path fresh = new DatabaseFile(parent).createPrivate(place.getFileName().toString());
        try (InputStream in = zip.getInputStream(entry);
                var out = Files.newOutputStream(fresh)) {
            in.transferTo(out);
        }
        return fresh;
    }

    private static void check(Path unpacked) throws StoreException {
        try (SqlConnection connection = SqlConnection.writer(unpacked)) {
            DatabaseFile.checkWhole(connection);
        } catch (SQLException e) {
            throw new StoreException("the backup's database: " + Fault.of(e).text() + ": " + e.getMessage(), e);
        }
        Schema.of(unpacked).check();
    }
}
