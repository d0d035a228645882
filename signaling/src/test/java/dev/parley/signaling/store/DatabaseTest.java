package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final int ROWS = 2_000;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("parley.db");
    }

    private Database open() throws StoreException {
        return Database.open(folder, new StoreFigures());
    }

    private static void add(Database database, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            int id = i;
            var written = database.write(connection -> {
                var insert = connection.prepare("insert into chat_history (id, last) values (?, ?)");
                insert.setString(1, "history " + id);
                insert.setLong(2, id);
                return insert.executeUpdate();
            });
            if (i == to - 1) {
                written.toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static int count(Database database) throws Exception {
        return Integer.parseInt(database.read(connection -> connection.text("select count(*) from chat_history"))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
    }

    private void filled() throws Exception {
        try (Database database = open()) {
            add(database, 0, ROWS);
        }
    }

    @Test
    void keepsWhatWasWritten() throws Exception {
        filled();
        try (Database database = open()) {
            assertThat(count(database)).isEqualTo(ROWS);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("parley.db", "parley.lock");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForItsOwnerOnly() throws Exception {
        try (Database database = open()) {
            add(database, 0, 1);
            for (String name : new String[] {"parley.db", "parley.db-wal", "parley.db-shm"}) {
                assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                        .as(name)
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    void aFolderHasOneServer() throws Exception {
        try (Database _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another server uses this folder");
        }
        open().close();
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        filled();
        try (SqlConnection newer = SqlConnection.writer(file())) {
            newer.execute("insert into flyway_schema_history (installed_rank, version, description, type, script, "
                    + "checksum, installed_by, execution_time, success) "
                    + "values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its schema is version 99, this program knows 2");
    }

    @Test
    @DisplayName("hostile G02 a file that is no database of ours is refused and left as it is")
    void hostile_G02_notOurs() throws Exception {
        Files.write(
                file(),
                "this is a letter, not a database, and longer than a header of SQLite is; nothing in it"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] before = Files.readAllBytes(file());
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("damaged");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        Files.write(file(), new byte[0]);
        assertThatThrownBy(this::open).hasMessageContaining("it is empty");
        Files.delete(file());
        Files.createDirectory(file());
        assertThatThrownBy(this::open).hasMessageContaining("this is no file");
        Files.delete(file());
        Files.write(folder.resolve("parley.db-wal"), new byte[32]);
        assertThatThrownBy(this::open).hasMessageContaining("it is gone, while parley.db-wal is there");
        Files.delete(folder.resolve("parley.db-wal"));
        try (SqlConnection foreign = SqlConnection.writer(Files.createFile(file()))) {
            foreign.execute("create table letters (text)");
        }
        assertThatThrownBy(this::open).hasMessageContaining("no schema of ours");
    }

    @Test
    @DisplayName("hostile G02 a database that was cut off or overwritten is refused")
    void hostile_G02_damaged() throws Exception {
        filled();
        byte[] whole = Files.readAllBytes(file());
        try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
            cut.setLength(whole.length / 2);
        }
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("damaged");
        byte[] bent = whole.clone();
        java.util.Arrays.fill(bent, whole.length / 2, whole.length / 2 + 8_192, (byte) 0x55);
        Files.write(file(), bent);
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("damaged");
        Files.write(file(), whole);
        try (Database database = open()) {
            assertThat(count(database)).isEqualTo(ROWS);
        }
    }

    /// The log is cut at every place: what opens then has a prefix of what was committed, whole and in order.
    @Test
    @DisplayName("hostile G02 a log that was torn leaves a prefix of what was acknowledged")
    void hostile_G02_tornLog() throws Exception {
        Path torn = Files.createDirectory(folder.resolve("torn"));
        Path other = Files.createDirectory(folder.resolve("other"));
        byte[] log;
        byte[] main;
        try (Database database = Database.open(other, new StoreFigures())) {
            for (int i = 0; i < 40; i++) {
                add(database, i, i + 1);
            }
            log = Files.readAllBytes(other.resolve("parley.db-wal"));
            main = Files.readAllBytes(other.resolve("parley.db"));
        }
        int most = 0;
        for (int length = log.length; length > 0; length -= 4_096) {
            Files.write(torn.resolve("parley.db"), main);
            Files.write(torn.resolve("parley.db-wal"), java.util.Arrays.copyOf(log, length));
            try (Database database = Database.open(torn, new StoreFigures())) {
                int rows = count(database);
                int highest = Integer.parseInt(
                        database.read(c -> c.text("select coalesce(max(last), -1) + 1 from chat_history"))
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS));
                assertThat(rows).as("%d bytes of the log", length).isEqualTo(highest);
                most = Math.max(most, rows);
            }
            Files.deleteIfExists(torn.resolve("parley.db-wal"));
        }
        assertThat(most).isEqualTo(40);
    }

    @Test
    void aFirstStartThatWasCutOffIsMadeUpFor() throws IOException, StoreException {
        Files.write(folder.resolve("parley.db.new"), new byte[0]);
        Files.write(folder.resolve("parley.db.new-wal"), new byte[100]);
        open().close();
        assertThat(file()).isNotEmptyFile();
    }

    @Test
    void manyReadersDoNotKeepTheWriterWaiting() throws Exception {
        StoreFigures figures = new StoreFigures();
        try (Database database = Database.open(folder, figures)) {
            add(database, 0, ROWS);
            java.util.concurrent.CountDownLatch gate = new java.util.concurrent.CountDownLatch(1);
            for (int i = 0; i < Readers.THREADS + Readers.QUEUE_MAX; i++) {
                database.read(connection -> {
                    connection.text("select count(*) from chat_history");
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 1;
                });
            }
            var tooMany = database.read(_ -> 1);
            assertThat(tooMany.toCompletableFuture()).isCompletedExceptionally();
            assertThat(figures.limits).containsExactly("store_reads");
            add(database, ROWS, ROWS + 1);
            gate.countDown();
        }
    }

    @Test
    void libraryIsUnpackedWithoutATrace() throws Exception {
        Path spare = Files.createDirectory(folder.resolve("spare"));
        SqliteLibrary.load(spare);
        try (var files = Files.list(spare)) {
            assertThat(files).isEmpty();
        }
        Files.move(spare, folder.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
    }
}
