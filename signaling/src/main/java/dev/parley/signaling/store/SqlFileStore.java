package dev.parley.signaling.store;

import dev.parley.signaling.files.FileQuota;
import dev.parley.signaling.files.FileStore;
import dev.parley.signaling.files.ListedFile;
import dev.parley.signaling.files.Upload;
import dev.parley.signaling.files.Uploader;
import dev.parley.signaling.model.SharedFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Files in the database. Quotas are looked at inside the transaction that reserves the space, so that no two uploads
/// get the same. Callable from any thread.
final class SqlFileStore implements FileStore {
    static final int PAGE_FILES = 100;
    private static final int GONE_AT_ONCE = 100;

    private final Database database;

    SqlFileStore(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Outcome> begin(Uploader by, Upload fresh, FileQuota quota, long freeBytes, Instant now) {
        return database.write(connection -> {
            Upload known = FileRows.find(connection, by.history(), by.person(), fresh.id());
            if (known != null) {
                boolean same = known.size() == fresh.size() && known.name().equals(fresh.name());
                return same ? new Begun(known, false) : NotBegun.TAKEN;
            }
            NotBegun full = noRoom(connection, by, fresh.size(), quota, freeBytes);
            if (full != null) {
                return full;
            }
            PreparedStatement history = connection.prepare(
                    "insert into chat_history (id, room, last) values (?, ?, 0) on conflict (id) do nothing");
            history.setString(1, by.history());
            history.setString(2, by.room());
            history.executeUpdate();
            FileRows.insert(connection, by, fresh, FileQuota.charge(fresh.size()), now.toEpochMilli());
            return new Begun(fresh, true);
        });
    }

    private static @Nullable NotBegun noRoom(
            SqlConnection connection, Uploader by, long size, FileQuota quota, long freeBytes) throws SQLException {
        long charge = FileQuota.charge(size);
        String own = "kept_in = ? and owner = ? and gone = 0";
        if (number(connection, "count(*)", own + " and said_as is null", by.history(), by.person())
                >= FileQuota.OPEN_MAX) {
            return NotBegun.TOO_MANY;
        }
        if (number(connection, "sum(charge)", own, by.history(), by.person()) + charge > quota.personBytes()) {
            return NotBegun.PERSON_FULL;
        }
        if (number(connection, "sum(charge)", "kept_in = ? and gone = 0", by.history()) + charge > quota.roomBytes()) {
            return NotBegun.ROOM_FULL;
        }
        if (number(connection, "sum(charge)", "charge >= 0") + charge > quota.totalBytes()) {
            return NotBegun.SERVER_FULL;
        }
        long promised = number(connection, "sum(size - received)", "gone = 0 and said_as is null");
        return promised + size > freeBytes ? NotBegun.DISK_FULL : null;
    }

    private static long number(SqlConnection connection, String what, String where, String... parameters)
            throws SQLException {
        PreparedStatement select = connection.prepare("select " + what + " from chat_file where " + where);
        for (int i = 0; i < parameters.length; i++) {
            select.setString(i + 1, parameters[i]);
        }
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0; // null, of no rows, is 0
        }
    }

    @Override
    public CompletionStage<Optional<Upload>> find(Uploader by, String id) {
        return database.read(
                connection -> Optional.ofNullable(FileRows.find(connection, by.history(), by.person(), id)));
    }

    @Override
    public CompletionStage<Boolean> received(Upload upload, Instant now) {
        return database.write(connection -> {
            PreparedStatement update = connection.prepare("update chat_file set received = ?, media_type = ?, "
                    + "touched_at = ? where file_key = ? and gone = 0");
            update.setLong(1, upload.received());
            update.setString(2, upload.type());
            update.setLong(3, now.toEpochMilli());
            update.setString(4, upload.key());
            return update.executeUpdate() > 0;
        });
    }

    @Override
    public CompletionStage<Ended> end(Uploader by, String id) {
        return database.write(connection -> {
            Upload upload = FileRows.find(connection, by.history(), by.person(), id);
            if (upload == null) {
                return Ended.NOT_THERE;
            }
            if (upload.shown()) {
                return Ended.SHOWN;
            }
            PreparedStatement update = connection.prepare("update chat_file set gone = 1 where file_key = ?");
            update.setString(1, upload.key());
            update.executeUpdate();
            return Ended.YES;
        });
    }

    @Override
    public CompletionStage<Optional<SharedFile>> shown(String key) {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare("select file_name, size, media_type from chat_file "
                    + "where file_key = ? and gone = 0 and said_as is not null");
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new SharedFile(key, row.getString(1), row.getLong(2), row.getString(3)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public CompletionStage<Part> list(Uploader by, long n) {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare("select n, sent_at, sender, sender_name, "
                    + "file_key, file_name, size, media_type from chat_file "
                    + "cross join chat_message on history = kept_in and n = said_as " // in this order: few files
                    + "where kept_in = ? and said_as < ? and gone = 0 "
                    + "and (recipient_key is null or recipient_key = ? or sender_key = ?) "
                    + "order by said_as desc limit ?");
            select.setString(1, by.history());
            select.setLong(2, n);
            select.setString(3, by.person());
            select.setString(4, by.person());
            select.setInt(5, PAGE_FILES + 1);
            List<ListedFile> files = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    files.add(listed(row));
                }
            }
            boolean more = files.size() > PAGE_FILES;
            return new Part(more ? files.subList(0, PAGE_FILES) : files, more);
        });
    }

    private static ListedFile listed(ResultSet row) throws SQLException {
        return new ListedFile(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                new SharedFile(row.getString(5), row.getString(6), row.getLong(7), row.getString(8)));
    }

    /// Most times there is none, and nothing is written.
    @Override
    public CompletionStage<Integer> expire(Instant untouchedSince, Instant unbegunSince) {
        return database.write(connection -> {
            PreparedStatement update = connection.prepare("update chat_file set gone = 1 where gone = 0 "
                    + "and said_as is null and (touched_at < ? or received = 0 and touched_at < ?)");
            update.setLong(1, untouchedSince.toEpochMilli());
            update.setLong(2, unbegunSince.toEpochMilli());
            return update.executeUpdate();
        });
    }

    @Override
    public CompletionStage<List<String>> gone() {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare("select file_key from chat_file where gone = 1 limit ?");
            select.setInt(1, GONE_AT_ONCE);
            List<String> keys = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
            return keys;
        });
    }

    @Override
    public CompletionStage<Boolean> forget(List<String> keys) {
        return database.write(connection -> {
            PreparedStatement delete = connection.prepare("delete from chat_file where file_key = ? and gone = 1");
            int deleted = 0;
            for (String key : keys) {
                delete.setString(1, key);
                deleted += delete.executeUpdate();
            }
            return deleted == keys.size();
        });
    }

    @Override
    public CompletionStage<Set<String>> known(List<String> keys) {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare("select 1 from chat_file where file_key = ?");
            Set<String> known = new HashSet<>();
            for (String key : keys) {
                select.setString(1, key);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        known.add(key);
                    }
                }
            }
            return known;
        });
    }

    @Override
    public CompletionStage<Totals> totals() {
        return database.read(connection -> {
            PreparedStatement select =
                    connection.prepare("select count(*), coalesce(sum(received), 0) from chat_file where charge >= 0");
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Totals(row.getLong(1), row.getLong(2)) : new Totals(0, 0);
            }
        });
    }
}
