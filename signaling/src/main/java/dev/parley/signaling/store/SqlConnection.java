package dev.parley.signaling.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// A connection that keeps its prepared statements. Used by one thread at a time.
final class SqlConnection implements AutoCloseable {
    /// For programs that look into the file meanwhile, a backup say.
    static final int BUSY_MS = 2_000;
    /// What a write-ahead log is cut back to after a burst.
    private static final int LOG_BYTES_MAX = 16 * 1024 * 1024;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private SqlConnection(Connection connection) {
        this.connection = connection;
    }

    /// The one that writes: whatever is committed is on the disk.
    static SqlConnection writer(Path file) throws SQLException {
        return new SqlConnection(writing(file).getConnection());
    }

    static SqlConnection reader(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MS);
        config.setReadOnly(true);
        return new SqlConnection(source(file, config).getConnection());
    }

    /// A file that is not there is not made.
    static SQLiteDataSource writing(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_BYTES_MAX);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // what was deleted is not in the file any more
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return source(file, config);
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /// Good until something fails or the connection is closed; its parameters are those of the last use.
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The first column of the first row, as text.
    String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /// After a failure: the driver may have given up the statement that failed, and another one may be half done.
    void forgetPrepared() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException _) {
                // it repeats what was wrong with it
            }
        }
        prepared.clear();
    }

    @Override
    public void close() throws SQLException {
        forgetPrepared();
        connection.close();
    }
}
