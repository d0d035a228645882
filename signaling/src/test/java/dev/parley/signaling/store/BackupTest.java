package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        file = folder.resolve("backups").resolve("monday.zip");
    }

    private static void add(Database database, String id) throws Exception {
        database.write(connection -> {
                    var insert = connection.prepare("insert into chat_history (id, last) values (?, 0)");
                    insert.setString(1, id);
                    return insert.executeUpdate();
                })
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static String ids(Path data) throws Exception {
        try (Database database = Database.open(data, new StoreFigures())) {
            return database.read(
                            c -> c.text("select group_concat(id, ' ') from (select id from chat_history order by id)"))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private void fill(String... ids) throws Exception {
        try (Database database = Database.open(data, new StoreFigures())) {
            for (String id : ids) {
                add(database, id);
            }
        }
    }

    @Test
    void bringsBackWhatWasThere() throws Exception {
        fill("a", "b");
        Files.createDirectories(data.resolve("tls"));
        Files.writeString(data.resolve("tls/cert.pem"), "certificate");
        Files.writeString(data.resolve("tls/key.pem"), "key");
        Backup.write(data, file);
        Path other = folder.resolve("other");
        Restore.read(file, other, false);
        assertThat(ids(other)).isEqualTo("a b");
        assertThat(other.resolve("tls/cert.pem")).hasContent("certificate");
        assertThat(other.resolve("tls/key.pem")).hasContent("key");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void isTakenWhileTheServerRuns() throws Exception {
        try (Database database = Database.open(data, new StoreFigures())) {
            add(database, "a");
            Backup.write(data, file);
            add(database, "b");
            assertThatThrownBy(() -> Restore.read(file, data, true)).hasMessageContaining("another server uses");
        }
        assertThat(ids(data)).isEqualTo("a b");
        Restore.read(file, data, true);
        assertThat(ids(data)).isEqualTo("a");
    }

    @Test
    void replacesOnlyWhenToldAndKeepsTheFormerOne() throws Exception {
        fill("a");
        Backup.write(data, file);
        fill("b");
        assertThatThrownBy(() -> Restore.read(file, data, false)).hasMessageContaining("--replace");
        assertThat(ids(data)).isEqualTo("a b");
        Restore.read(file, data, true);
        assertThat(ids(data)).isEqualTo("a");
        Path former = Files.createDirectory(folder.resolve("former"));
        Files.move(data.resolve(Restore.FORMER), former.resolve("parley.db"));
        assertThat(ids(former)).isEqualTo("a b");
    }

    @Test
    void aDamagedDatabaseIsReplacedToo() throws Exception {
        fill("a");
        Backup.write(data, file);
        Files.write(data.resolve("parley.db"), new byte[100]);
        Restore.read(file, data, true);
        assertThat(ids(data)).isEqualTo("a");
    }

    @Test
    void overwritesNoFileAndNeedsADatabase() throws Exception {
        assertThatThrownBy(() -> Backup.write(data, file)).hasMessageContaining("has no database");
        fill("a");
        Backup.write(data, file);
        assertThatThrownBy(() -> Backup.write(data, file)).hasMessageContaining("is there already");
    }

    @Test
    void whatIsNoBackupChangesNothing() throws Exception {
        fill("a");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nothing of the kind");
        assertThatThrownBy(() -> Restore.read(file, data, true))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is no backup");
        archive("../parley.db", new byte[10]);
        assertThatThrownBy(() -> Restore.read(file, data, true)).hasMessageContaining("has no parley.db");
        archive("parley.db", new byte[1_000]);
        assertThatThrownBy(() -> Restore.read(file, data, true)).isInstanceOf(StoreException.class);
        archive("parley.db", new byte[0]);
        assertThatThrownBy(() -> Restore.read(file, data, true)).hasMessageContaining("no schema of ours");
        assertThat(ids(data)).isEqualTo("a");
        try (var left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("parley.db", "parley.lock");
        }
    }

    private void archive(String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
    }

    @Test
    void aRestoreThatWasCutOffIsNotTakenForAnEmptyStart() throws Exception {
        fill("a");
        Files.move(data.resolve("parley.db"), data.resolve(Restore.FORMER));
        assertThatThrownBy(() -> ids(data)).hasMessageContaining("restore it from a backup");
    }
}
