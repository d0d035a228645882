package dev.parley.signaling.store;

import dev.parley.signaling.files.FileFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// The bytes of people's files in a backup: those that its database knows and that are whole.
final class FilesArchive {
    /// What was there before stays under this name.
    static final String FORMER = FileFolder.NAME + ".before-restore";

    private static final String UNPACKED = FileFolder.NAME + ".restored";
    private static final String PREFIX = FileFolder.NAME + "/";

    private FilesArchive() {}

    /// As they are, since most of what people send is packed already. One that is deleted meanwhile is left out: those
    /// who had it deleted want it nowhere.
    static void pack(Path folder, Path database, ZipOutputStream zip) throws IOException, StoreException {
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (String key : keys(database)) {
            try (InputStream file =
                    Files.newInputStream(folder.resolve(FileFolder.NAME).resolve(key))) {
                zip.putNextEntry(new ZipEntry(PREFIX + key));
                file.transferTo(zip);
                zip.closeEntry();
            } catch (NoSuchFileException _) {
                // deleted
            }
        }
    }

    private static List<String> keys(Path database) throws StoreException {
        List<String> keys = new ArrayList<>();
        try (SqlConnection connection = SqlConnection.reader(database)) {
            if (connection
                    .text("select count(*) from sqlite_master where name = 'chat_file'")
                    .equals("0")) {
                return keys; // of a program that had none
            }
            try (ResultSet rows = connection
                    .prepare("select file_key from chat_file where gone = 0 and received = size")
                    .executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new StoreException("its files cannot be listed: " + e.getMessage(), e);
        }
        return keys;
    }

    /// Beside the folder that is used. Names of the archive that are no keys are passed over: none becomes a path.
    static void unpack(ZipFile zip, Path folder) throws IOException {
        discard(folder);
        Path fresh = new FileFolder(folder, UNPACKED).path();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String key = entry.getName().startsWith(PREFIX) ? entry.getName().substring(PREFIX.length()) : "";
            if (FileFolder.isKey(key)) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, new DatabaseFile(fresh).createPrivate(key), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// Puts what is there aside, and what was unpacked in its place.
    static void swap(Path folder) throws IOException {
        Path now = folder.resolve(FileFolder.NAME);
        Path former = folder.resolve(FORMER);
        delete(former);
        if (Files.exists(now)) {
            Files.move(now, former, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(folder.resolve(UNPACKED), now, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What was unpacked is not wanted.
    static void discard(Path folder) throws IOException {
        delete(folder.resolve(UNPACKED));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
