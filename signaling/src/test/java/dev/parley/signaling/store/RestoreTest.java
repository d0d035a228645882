package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restores that fail or are cut off at each of their moves: nothing is lost, and nobody uses half of one.
class RestoreTest {
    private static final String OLD_KEY = "o".repeat(22);
    private static final String NEW_KEY = "n".repeat(22);

    @TempDir
    private Path folder;

    private Path data;
    private Path backup;

    /// A data folder `old`, and a backup of another one, `new`.
    @BeforeEach
    void folders() throws Exception {
        Path other = fill("other", "new", NEW_KEY);
        backup = folder.resolve("backup.zip");
        Backup.write(other, backup);
        data = fill("data", "old", OLD_KEY);
        Files.writeString(data.resolve("parley.db-wal"), ""); // as of a server that was killed
    }

    private Path fill(String name, String content, String key) throws Exception {
        Path made = Files.createDirectory(folder.resolve(name));
        try (Database database = Database.open(made, new StoreFigures())) {
            database.write(c -> {
                        c.execute("insert into chat_history (id, room, last) values ('" + content + "', 'demo', 0)");
                        c.execute(
                                "insert into chat_file (file_key, kept_in, owner, upload, file_name, media_type, size, "
                                        + "received, charge, touched_at) values ('" + key + "', '" + content
                                        + "', 'person', 'upload-1', 'a.txt', 'text/plain', 3, 3, 3, 0)");
                        return true;
                    })
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
        Files.writeString(Files.createDirectory(made.resolve("files")).resolve(key), content);
        Files.writeString(Files.createDirectory(made.resolve("tls")).resolve("cert.pem"), content);
        Files.writeString(made.resolve("tls/key.pem"), content);
        return made;
    }

    /// Moves as often as it may.
    private static Swap.Mover failingAt(int first, int last) {
        int[] moves = {0};
        return (from, to) -> {
            int move = moves[0]++;
            if (move >= first && move <= last) {
                throw new IOException("Device or resource busy");
            }
            Swap.Mover.ATOMIC.move(from, to);
        };
    }

    /// Leaves the data folder as a process that is killed before each move would.
    private List<Path> cutOffs(Path from, String name) throws Exception {
        List<Path> cutOffs = new ArrayList<>();
        Restore.read(backup, from, true, (a, b) -> {
            cutOffs.add(copy(from, folder.resolve(name + cutOffs.size())));
            Swap.Mover.ATOMIC.move(a, b);
        });
        cutOffs.add(copy(from, folder.resolve(name + "-done")));
        return cutOffs;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
        return to;
    }

    private static void assertIs(Path data, String content, String key) throws Exception {
        try (Database database = Database.open(data, new StoreFigures())) {
            assertThat(database.read(c -> c.text("select group_concat(id) from chat_history"))
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo(content);
        }
        assertFiles(data.resolve("files"), content, key);
        assertThat(data.resolve("tls/cert.pem")).hasContent(content);
        assertThat(data.resolve("tls/key.pem")).hasContent(content);
        try (var left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.contains("restored") || name.contains("unfinished"));
        }
    }

    private static void assertFiles(Path files, String content, String key) throws IOException {
        try (var all = Files.list(files)) {
            assertThat(all).containsExactly(files.resolve(key));
        }
        assertThat(files.resolve(key)).hasContent(content);
    }

    /// And what was there before it is aside as a whole.
    private void assertRestored(Path data) throws Exception {
        assertIs(data, "new", NEW_KEY);
        assertFiles(data.resolve(Restore.FORMER_FILES), "old", OLD_KEY);
        assertThat(data.resolve("tls/key.pem.before-restore")).hasContent("old");
        Path former = Files.createDirectory(data.resolve("former"));
        Files.move(data.resolve(Restore.FORMER), former.resolve("parley.db"));
        try (Database database = Database.open(former, new StoreFigures())) {
            assertThat(database.read(c -> c.text("select id from chat_history"))
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo("old");
        }
    }

    @Test
    void putsEverythingAsideThatItReplaces() throws Exception {
        Restore.read(backup, data, true);
        assertRestored(data);
    }

    @Test
    void leavesAllAsItWasWhereAnyMoveFails() throws Exception {
        int moves = cutOffs(copy(data, folder.resolve("counted")), "count").size() - 1;
        assertThat(moves).isEqualTo(9);
        for (int i = 0; i < moves; i++) {
            Path here = copy(data, folder.resolve("failed" + i));
            Swap.Mover failing = failingAt(i, i);
            assertThatThrownBy(() -> Restore.read(backup, here, true, failing))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Device or resource busy; all is as it was");
            assertThat(here.resolve(Restore.FORMER)).doesNotExist();
            assertThat(here.resolve(Restore.FORMER_FILES)).doesNotExist();
            assertIs(here, "old", OLD_KEY);
            Restore.read(backup, here, true);
            assertRestored(here);
        }
    }

    @Test
    void goesOnLaterWhereNothingCanBePutBackEither() throws Exception {
        for (int i = 1; i < 9; i++) {
            Path here = copy(data, folder.resolve("stuck" + i));
            Swap.Mover failing = failingAt(i, Integer.MAX_VALUE);
            assertThatThrownBy(() -> Restore.read(backup, here, true, failing)).hasMessageContaining("restore again");
            assertThatThrownBy(() -> Database.open(here, new StoreFigures())).hasMessageContaining("was cut off");
            assertThatThrownBy(() -> Restore.read(backup, here, true, failingAt(0, 0)))
                    .hasMessageContaining("cannot be put back");
            Restore.read(backup, here, true);
            assertRestored(here);
        }
    }

    @Test
    void whatWasCutOffIsRefusedAndPutBackByTheNextOne() throws Exception {
        List<Path> cutOffs = cutOffs(data, "cut");
        assertRestored(cutOffs.removeLast());
        for (Path here : cutOffs) {
            assertThatThrownBy(() -> Database.open(here, new StoreFigures()))
                    .hasMessageContaining("a restore was cut off: restore again");
            assertThatThrownBy(() -> Backup.write(here, folder.resolve("half.zip")))
                    .hasMessageContaining("was cut off");
            Path back = copy(here, folder.resolve(here.getFileName() + "-back"));
            assertThatThrownBy(() -> Restore.read(backup, back, false)).hasMessageContaining("--replace");
            Files.deleteIfExists(back.resolve("parley.db.restored"));
            assertThat(back.resolve(Swap.NOTE)).doesNotExist();
            assertThat(back.resolve(Restore.FORMER)).doesNotExist();
            Restore.read(backup, here, true);
            assertRestored(here);
        }
    }

    @Test
    void puttingBackMayBeCutOffToo() throws Exception {
        Path last = cutOffs(data, "cut").reversed().get(1);
        for (Path here : cutOffs(last, "again")) {
            if (Swap.unfinished(here)) {
                Restore.read(backup, here, true);
            }
            assertRestored(here);
        }
    }

    @Test
    void intoAnEmptyFolderItIsAllOrNothingToo() throws Exception {
        Path empty = folder.resolve("empty");
        for (int i = 0; i < 4; i++) {
            Swap.Mover failing = failingAt(i, i);
            assertThatThrownBy(() -> Restore.read(backup, empty, false, failing))
                    .hasMessageContaining("as it was");
            try (var left = Files.list(empty)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .containsExactlyInAnyOrder("parley.lock", "tls");
            }
        }
        Restore.read(backup, empty, false);
        assertIs(empty, "new", NEW_KEY);
    }

    @Test
    void filesThatAreElsewhereAreNotPutAside() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(data.resolve("files"), elsewhere);
        Files.createSymbolicLink(data.resolve("files"), elsewhere);
        assertThatThrownBy(() -> Restore.read(backup, data, true))
                .hasMessageContaining("a link or a volume of its own");
        assertIs(data, "old", OLD_KEY);
    }

    @Test
    void theOnlyOneThereIsIsNotDeleted() throws Exception {
        Files.move(data.resolve("parley.db"), data.resolve(Restore.FORMER));
        assertThatThrownBy(() -> Restore.read(backup, data, true)).hasMessageContaining("move it back");
        Files.move(data.resolve(Restore.FORMER), data.resolve("parley.db"));
        Files.move(data.resolve("files"), data.resolve(Restore.FORMER_FILES));
        assertThatThrownBy(() -> Restore.read(backup, data, true)).hasMessageContaining("move it back");
        Files.move(data.resolve(Restore.FORMER_FILES), data.resolve("files"));
        assertIs(data, "old", OLD_KEY);
    }

    @Test
    void filesWithoutTheirDatabaseAreNoEmptyStart() throws Exception {
        Files.delete(data.resolve("parley.db-wal"));
        Files.delete(data.resolve("parley.db"));
        assertThatThrownBy(() -> Database.open(data, new StoreFigures()))
                .hasMessageContaining("it is gone, while people's files are there");
        Restore.read(backup, data, false);
        assertIs(data, "new", NEW_KEY);
        assertFiles(data.resolve(Restore.FORMER_FILES), "old", OLD_KEY);
    }
}
