package dev.parley.signaling.store;

import dev.parley.signaling.files.Upload;
import dev.parley.signaling.files.Uploader;
import dev.parley.signaling.model.SharedFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Rows of `chat_file` and what they mean, for those who keep files and for chat, with whose messages files come and
/// go.
final class FileRows {
    private static final String SELECT = "select file_key, upload, file_name, media_type, size, received, said_as "
            + "from chat_file where kept_in = ? and owner = ? and upload = ? and gone = 0";

    private FileRows() {}

    static @Nullable Upload find(SqlConnection connection, String history, String person, String id)
            throws SQLException {
        PreparedStatement select = connection.prepare(SELECT);
        select.setString(1, history);
        select.setString(2, person);
        select.setString(3, id);
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            row.getLong(7);
            boolean shown = !row.wasNull();
            return new Upload(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getLong(6),
                    shown);
        }
    }

    static void insert(SqlConnection connection, Uploader by, Upload upload, long charge, long nowMs)
            throws SQLException {
        PreparedStatement insert = connection.prepare("insert into chat_file (file_key, kept_in, owner, upload, "
                + "file_name, media_type, size, charge, touched_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setString(1, upload.key());
        insert.setString(2, by.history());
        insert.setString(3, by.person());
        insert.setString(4, upload.id());
        insert.setString(5, upload.name());
        insert.setString(6, upload.type());
        insert.setLong(7, upload.size());
        insert.setLong(8, charge);
        insert.setLong(9, nowMs);
        insert.executeUpdate();
    }

    /// A file of this person's that is whole and that no message has; else nothing.
    static @Nullable SharedFile whole(SqlConnection connection, String history, String person, String id)
            throws SQLException {
        Upload upload = find(connection, history, person, id);
        return upload == null || !upload.complete() || upload.shown()
                ? null
                : new SharedFile(upload.key(), upload.name(), upload.size(), upload.type());
    }

    static void show(SqlConnection connection, String key, long n) throws SQLException {
        PreparedStatement update = connection.prepare("update chat_file set said_as = ? where file_key = ?");
        update.setLong(1, n);
        update.setString(2, key);
        update.executeUpdate();
    }

    /// Its message is deleted.
    static void goneWith(SqlConnection connection, String history, long n) throws SQLException {
        PreparedStatement update =
                connection.prepare("update chat_file set gone = 1 where kept_in = ? and said_as = ? and gone = 0");
        update.setString(1, history);
        update.setLong(2, n);
        update.executeUpdate();
    }

    /// All up to this message are deleted.
    static void goneUpTo(SqlConnection connection, String history, long n) throws SQLException {
        PreparedStatement update =
                connection.prepare("update chat_file set gone = 1 where kept_in = ? and said_as <= ? and gone = 0");
        update.setString(1, history);
        update.setLong(2, n);
        update.executeUpdate();
    }

    /// The history is deleted, with what was not shown yet.
    static void goneAll(SqlConnection connection, String history) throws SQLException {
        PreparedStatement update = connection.prepare("update chat_file set gone = 1 where kept_in = ? and gone = 0");
        update.setString(1, history);
        update.executeUpdate();
    }
}
