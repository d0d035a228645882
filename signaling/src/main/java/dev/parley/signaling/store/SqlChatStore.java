package dev.parley.signaling.store;

import dev.parley.signaling.chat.ChatStore;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.SharedFile;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Chat in the database. Numbers are given inside the transaction that stores what they number. Callable from any
/// thread.
final class SqlChatStore implements ChatStore {
    static final int PAGE_MESSAGES = 100;
    /// With four bytes each it stays well below what a socket may have waiting.
    static final int PAGE_CHARACTERS = 100_000;
    /// What one transaction deletes: others wait for it.
    static final int ERASED_AT_ONCE = 500;
    /// Years of a lively room; a disk that one room fills is everybody's.
    static final int KEPT_MAX = 100_000;

    private static final String VISIBLE = "(recipient_key is null or recipient_key = ? or sender_key = ?)";

    private final Database database;
    private final int keptMax;

    /// @param keptMax messages of one history
    SqlChatStore(Database database, int keptMax) {
        this.database = database;
        this.keptMax = keptMax;
    }

    @Override
    public CompletionStage<Outcome> add(String history, String room, ChatMessage message, @Nullable String file) {
        return database.write(connection -> {
            ChatMessage known = byId(connection, history, message.id());
            if (known != null) {
                boolean same = known.from().person().equals(message.from().person());
                return same ? new Added(known, false) : NotAdded.ID_TAKEN;
            }
            SharedFile shown = file == null
                    ? null
                    : FileRows.whole(connection, history, message.from().person(), file);
            if (file != null && shown == null) {
                return NotAdded.NO_FILE;
            }
            PreparedStatement count = connection.prepare("insert into chat_history (id, room, last) values (?, ?, 1) "
                    + "on conflict (id) do update set last = last + 1 returning last");
            count.setString(1, history);
            count.setString(2, room);
            long n = number(count);
            ChatMessage numbered = ChatRows.numbered(message, n, shown);
            ChatRows.insert(connection, history, numbered);
            if (shown != null) {
                FileRows.show(connection, shown.key(), n);
            }
            if (n % ERASED_AT_ONCE == 0) {
                eraseOldest(connection, history, n - keptMax);
            }
            return new Added(numbered, true);
        });
    }

    private static void eraseOldest(SqlConnection connection, String history, long upTo) throws SQLException {
        PreparedStatement delete = connection.prepare("delete from chat_message where history = ? and n <= ?");
        delete.setString(1, history);
        delete.setLong(2, upTo);
        delete.executeUpdate();
        FileRows.goneUpTo(connection, history, upTo);
    }

    private static @Nullable ChatMessage byId(SqlConnection connection, String history, String id) throws SQLException {
        PreparedStatement select = connection.prepare(ChatRows.SELECT + "history = ? and id = ?");
        select.setString(1, history);
        select.setString(2, id);
        return ChatRows.first(select);
    }

    private static @Nullable ChatMessage byNumber(SqlConnection connection, String history, long n)
            throws SQLException {
        PreparedStatement select = connection.prepare(ChatRows.SELECT + "history = ? and n = ?");
        select.setString(1, history);
        select.setLong(2, n);
        return ChatRows.first(select);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("a count without a row");
            }
            return rows.getLong(1);
        }
    }

    @Override
    public CompletionStage<Optional<ChatMessage>> change(String history, String person, long n, @Nullable String text) {
        return database.write(connection -> {
            ChatMessage now = byNumber(connection, history, n);
            if (now == null || !now.from().person().equals(person) || (now.deleted() && text != null)) {
                return Optional.empty();
            }
            if (now.deleted() || now.text().equals(text)) {
                return Optional.of(now);
            }
            PreparedStatement count =
                    connection.prepare("update chat_history set last = last + 1 where id = ? returning last");
            count.setString(1, history);
            long v = number(count);
            PreparedStatement update = connection.prepare(
                    "update chat_message set v = ?, body = ?, deleted = ? where history = ? and n = ?");
            update.setLong(1, v);
            update.setString(2, text == null ? "" : text);
            update.setInt(3, text == null ? 1 : 0);
            update.setString(4, history);
            update.setLong(5, n);
            update.executeUpdate();
            if (text == null) {
                FileRows.goneWith(connection, history, n);
            }
            return Optional.ofNullable(byNumber(connection, history, n));
        });
    }

    @Override
    public CompletionStage<Part> since(String history, String person, long v) {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare(
                    ChatRows.SELECT + "history = ? and v > ? and " + VISIBLE + " order by v limit ?");
            return part(select, history, person, v);
        });
    }

    @Override
    public CompletionStage<Part> before(String history, String person, long n) {
        return database.read(connection -> {
            PreparedStatement select = connection.prepare(
                    ChatRows.SELECT + "history = ? and n < ? and " + VISIBLE + " order by n desc limit ?");
            Part backwards = part(select, history, person, n);
            List<ChatMessage> forwards = new ArrayList<>(backwards.messages());
            Collections.reverse(forwards);
            return new Part(forwards, backwards.more());
        });
    }

    private static Part part(PreparedStatement select, String history, String person, long from) throws SQLException {
        select.setString(1, history);
        select.setLong(2, from);
        select.setString(3, person);
        select.setString(4, person);
        select.setInt(5, PAGE_MESSAGES + 1);
        List<ChatMessage> messages = new ArrayList<>();
        int characters = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (messages.size() == PAGE_MESSAGES || characters > PAGE_CHARACTERS) {
                    return new Part(messages, true);
                }
                ChatMessage message = ChatRows.read(rows);
                messages.add(message);
                characters += message.text().length();
            }
        }
        return new Part(messages, false);
    }

    /// At once without a room, so that it is found again when the process ends in between; then piece by piece.
    @Override
    public void erase(String history) {
        database.write(connection -> {
                    PreparedStatement update = connection.prepare("update chat_history set room = null where id = ?");
                    update.setString(1, history);
                    FileRows.goneAll(connection, history);
                    return update.executeUpdate();
                })
                .thenAccept(there -> {
                    if (there > 0) {
                        erasePiece(history);
                    }
                });
    }

    private void erasePiece(String history) {
        database.write(connection -> erased(connection, history)).thenAccept(all -> {
            if (!all) {
                erasePiece(history);
            }
        });
    }

    /// True when nothing is left of it.
    private static boolean erased(SqlConnection connection, String history) throws SQLException {
        PreparedStatement piece = connection.prepare("delete from chat_message where history = ? and n in "
                + "(select n from chat_message where history = ? order by n limit ?)");
        piece.setString(1, history);
        piece.setString(2, history);
        piece.setInt(3, ERASED_AT_ONCE);
        if (piece.executeUpdate() == ERASED_AT_ONCE) {
            return false;
        }
        PreparedStatement rest = connection.prepare("delete from chat_history where id = ?");
        rest.setString(1, history);
        rest.executeUpdate();
        return true;
    }

    /// Goes on with what was being erased when the last process ended.
    @Override
    public CompletionStage<List<Kept>> kept() {
        return database.read(connection -> {
            List<Kept> kept = new ArrayList<>();
            try (ResultSet rows = connection
                    .prepare("select id, room, last from chat_history")
                    .executeQuery()) {
                while (rows.next()) {
                    String room = rows.getString(2);
                    if (room == null) {
                        erasePiece(rows.getString(1));
                    } else {
                        kept.add(new Kept(room, rows.getString(1), rows.getLong(3)));
                    }
                }
            }
            return kept;
        });
    }
}
