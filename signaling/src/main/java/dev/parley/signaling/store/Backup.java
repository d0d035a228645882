package dev.parley.signaling.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// One file with all that a data folder keeps: a ZIP of the database as it is at one moment, also while a server uses
/// it, of people's files, and of the server's own certificate.
public final class Backup {
    /// Beside the database.
    static final List<String> FILES = List.of("tls/cert.pem", "tls/key.pem");

    private Backup() {}

    /// Writes `to`, which must not be there yet, as a whole or not at all.
    public static void write(Path folder, Path to) throws StoreException {
        SqliteLibrary.load(folder);
        new DatabaseFile(folder).checkRestored();
        if (!new DatabaseFile(folder).exists()) {
            throw new StoreException("'" + folder + "' has no database");
        }
        if (Files.exists(to)) {
            throw new StoreException("'" + to + "' is there already");
        }
        try {
            Path beside = to.toAbsolutePath().resolveSibling("").normalize();
            Files.createDirectories(beside);
            DatabaseFile there = new DatabaseFile(beside);
            Path copy = there.createPrivate(to.getFileName() + ".db");
            Path packed = there.createPrivate(to.getFileName() + ".part");
            try {
                copyDatabase(folder, copy);
                pack(folder, copy, packed);
                DatabaseFile.sync(packed);
                Files.move(packed, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(packed);
            }
        } catch (IOException e) {
            throw new StoreException("'" + to + "' cannot be written: " + e, e);
        }
    }

    private static void copyDatabase(Path folder, Path copy) throws StoreException {
        try (SqlConnection connection = SqlConnection.reader(new DatabaseFile(folder).path())) {
            var into = connection.prepare("vacuum into ?");
            into.setString(1, copy.toString());
            into.execute();
        } catch (SQLException e) {
            throw new StoreException(
                    "the database cannot be copied: " + Fault.of(e).text() + ": " + e.getMessage(), e);
        }
    }

    private static void pack(Path folder, Path copy, Path packed) throws IOException, StoreException {
        try (OutputStream file = Files.newOutputStream(packed);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            add(zip, DatabaseFile.NAME, copy);
            for (String name : FILES) {
                if (Files.exists(folder.resolve(name))) {
                    add(zip, name, folder.resolve(name));
                }
            }
            FilesArchive.pack(folder, copy, zip);
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(Files.getLastModifiedTime(file));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
    }
}
