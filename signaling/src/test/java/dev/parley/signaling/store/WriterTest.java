package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.signaling.model.Refusal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    private final StoreFigures figures = new StoreFigures();
    private final CountDownLatch gate = new CountDownLatch(1);
    private Path file;
    private Writer writer;
    private SqlConnection reader;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        SqliteLibrary.load(folder);
        DatabaseFile database = new DatabaseFile(folder);
        database.prepare();
        file = database.path();
        writer = new Writer(SqlConnection.writer(file), figures, new Failures(figures));
        reader = SqlConnection.reader(file);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        reader.close();
        writer.close();
    }

    private static Work<String> history(String id) {
        return connection -> {
            var insert = connection.prepare("insert into chat_history (id, last) values (?, 0)");
            insert.setString(1, id);
            insert.executeUpdate();
            return id;
        };
    }

    /// The writer is busy until the gate opens: what is asked meanwhile waits together.
    private CompletionStage<String> hold() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CompletionStage<String> held = writer.write(connection -> {
            busy.countDown();
            await(gate);
            return "held";
        });
        assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();
        return held;
    }

    private static void await(CountDownLatch latch) throws SQLException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private String stored() throws SQLException {
        return reader.text("select group_concat(id, '') from (select id from chat_history order by rowid)");
    }

    @Test
    void whatIsAnsweredIsThereForEveryReader() throws Exception {
        assertThat(get(writer.write(history("a")))).isEqualTo("a");
        assertThat(stored()).isEqualTo("a");
    }

    @Test
    void whatWaitsGoesInOneTransactionAndIsAnsweredInOrder() throws Exception {
        var held = hold();
        List<String> answered = new ArrayList<>();
        CompletionStage<?> last = held;
        for (String id : List.of("a", "b", "c", "d")) {
            last = writer.write(history(id)).thenAccept(answered::add);
        }
        gate.countDown();
        get(last);
        assertThat(answered).containsExactly("a", "b", "c", "d");
        assertThat(stored()).isEqualTo("abcd");
        assertThat(figures.commits).hasSize(2);
    }

    @Test
    void whatFailsAloneHurtsNobodyElse() throws Exception {
        get(writer.write(history("b")));
        hold();
        var a = writer.write(history("a"));
        var twice = writer.write(history("b"));
        var broken = writer.write(_ -> {
            throw new IllegalStateException("a fault of ours");
        });
        var c = writer.write(history("c"));
        gate.countDown();
        assertThat(get(a)).isEqualTo("a");
        assertThat(get(c)).isEqualTo("c");
        assertThatThrownBy(() -> get(twice)).hasCauseInstanceOf(Refusal.class);
        assertThatThrownBy(() -> get(broken)).hasCauseInstanceOf(Refusal.class);
        assertThat(stored()).isEqualTo("bac");
        assertThat(figures.failures).containsExactly(Fault.OTHER, Fault.OTHER);
    }

    @Test
    void aFullQueueIsAnsweredAtOnce() throws Exception {
        hold();
        List<CompletionStage<String>> asked = new ArrayList<>();
        for (int i = 0; i < Writer.QUEUE_MAX; i++) {
            asked.add(writer.write(history("h" + i)));
        }
        var tooMuch = writer.write(history("x"));
        assertThat(tooMuch.toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> get(tooMuch)).hasMessageContaining("does not keep up");
        assertThat(figures.limits).containsExactly("store_queue");
        gate.countDown();
        get(asked.getLast());
        assertThat(reader.text("select count(*) from chat_history")).isEqualTo(String.valueOf(Writer.QUEUE_MAX));
        assertThat(figures.commits).hasSize(1 + Writer.QUEUE_MAX / Writer.BATCH_MAX);
    }

    @Test
    @DisplayName("hostile G03 on a full disk writes are refused with that reason, and it heals by itself")
    void hostile_G03_fullDisk() throws Exception {
        get(writer.write(limit("pragma max_page_count = 1"))); // SQLite takes the present size, and no page more
        List<CompletionStage<String>> asked = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asked.add(writer.write(history("h".repeat(500) + i)));
        }
        assertThatThrownBy(() -> get(asked.getLast()))
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("the disk is full");
        long stored = asked.stream()
                .filter(stage -> !stage.toCompletableFuture().isCompletedExceptionally())
                .count();
        assertThat(reader.text("select count(*) from chat_history")).isEqualTo(String.valueOf(stored));
        assertThat(figures.failures).contains(Fault.DISK_FULL).containsOnly(Fault.DISK_FULL);
        get(writer.write(limit("pragma max_page_count = 1000000")));
        assertThat(get(writer.write(history("again")))).isEqualTo("again");
    }

    private static Work<String> limit(String pragma) {
        return connection -> connection.text(pragma);
    }

    @Test
    @DisplayName("hostile G02 while another program holds the database writes are refused, afterwards they go on")
    void hostile_G02_lockedDatabase() throws Exception {
        try (SqlConnection other = SqlConnection.writer(file)) {
            other.execute("begin immediate");
            var refused = writer.write(history("a"));
            assertThatThrownBy(() -> get(refused)).hasMessageContaining("another program holds the database");
            assertThat(stored()).as("readers read").isNotNull();
            other.execute("rollback");
        }
        assertThat(get(writer.write(history("a")))).isEqualTo("a");
        assertThat(figures.failures).containsExactly(Fault.LOCKED);
    }

    @Test
    void whatWasAskedBeforeTheEndIsStillWritten() throws Exception {
        hold();
        var a = writer.write(history("a"));
        Thread closing = Thread.ofPlatform().start(() -> {
            try {
                writer.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> get(writer.write(history("late")))).hasMessageContaining("is stopping");
        gate.countDown();
        closing.join();
        assertThat(get(a)).isEqualTo("a");
        assertThat(stored()).isEqualTo("a");
    }
}
