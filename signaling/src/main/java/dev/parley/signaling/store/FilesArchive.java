package dev.parley.signaling.store;

import dev.parley.signaling.files.FileFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// The bytes of people's files in a backup: those that its database knows and that are whole.
final class FilesArchive {
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

    /// Beside the folder that is used, and onto the disk. Names of the archive that are no keys are passed over: none
    /// becomes a path.
    static void unpack(ZipFile zip, Path folder) throws IOException {
        Path fresh = new FileFolder(folder, Swap.fresh(FileFolder.NAME)).path();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            String key = entry.getName().startsWith(PREFIX) ? entry.getName().substring(PREFIX.length()) : "";
            if (FileFolder.isKey(key)) {
                Path file = new DatabaseFile(fresh).createPrivate(key);
                try (InputStream in = zip.getInputStream(entry);
                        var out = Files.newOutputStream(file)) {
                    in.transferTo(out);
                }
                DatabaseFile.sync(file);
            }
        }
        DatabaseFile.syncFolder(fresh);
    }
}
