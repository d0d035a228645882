package dev.parley.signaling.store;

import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.SharedFile;
import dev.parley.signaling.model.Speaker;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Rows of `chat_message` and what they mean.
final class ChatRows {
    static final String SELECT = "select n, v, id, sent_at, sender, sender_name, sender_key, "
            + "recipient, recipient_name, recipient_key, reply_to, body, deleted, "
            + "file_key, file_name, size, media_type "
            + "from chat_message left join chat_file on kept_in = history and said_as = n and gone = 0 where ";

    private static final String INSERT = "insert into chat_message (history, n, v, id, sent_at, "
            + "sender, sender_name, sender_key, recipient, recipient_name, recipient_key, reply_to, body) "
            + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private ChatRows() {}

    static ChatMessage numbered(ChatMessage draft, long n, @Nullable SharedFile file) {
        return new ChatMessage(
                n, n, draft.id(), draft.at(), draft.from(), draft.to(), draft.replyTo(), draft.text(), file, false);
    }

    static void insert(SqlConnection connection, String history, ChatMessage message) throws SQLException {
        PreparedStatement insert = connection.prepare(INSERT);
        insert.setString(1, history);
        insert.setLong(2, message.n());
        insert.setLong(3, message.v());
        insert.setString(4, message.id());
        insert.setLong(5, message.at().toEpochMilli());
        insert.setString(6, message.from().participant());
        insert.setString(7, message.from().name());
        insert.setString(8, message.from().person());
        Speaker to = message.to();
        insert.setString(9, to == null ? null : to.participant());
        insert.setString(10, to == null ? null : to.name());
        insert.setString(11, to == null ? null : to.person());
        insert.setObject(12, message.replyTo());
        insert.setString(13, message.text());
        insert.executeUpdate();
    }

    static @Nullable ChatMessage first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? read(rows) : null;
        }
    }

    static ChatMessage read(ResultSet row) throws SQLException {
        long reply = row.getLong(11);
        Long replyTo = row.wasNull() ? null : reply;
        return new ChatMessage(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                new Speaker(row.getString(5), row.getString(6), row.getString(7)),
                row.getString(8) == null ? null : new Speaker(row.getString(8), row.getString(9), row.getString(10)),
                replyTo,
                row.getString(12),
                row.getString(14) == null
                        ? null
                        : new SharedFile(row.getString(14), row.getString(15), row.getLong(16), row.getString(17)),
                row.getInt(13) != 0);
    }
}
