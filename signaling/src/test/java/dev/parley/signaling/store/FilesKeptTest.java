package dev.parley.signaling.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.signaling.files.Downloads;
import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileFolder;
import dev.parley.signaling.files.FileQuota;
import dev.parley.signaling.files.FileRefusal;
import dev.parley.signaling.files.FilesWatch;
import dev.parley.signaling.files.Requester;
import dev.parley.signaling.files.Strays;
import dev.parley.signaling.files.Sweep;
import dev.parley.signaling.files.Upload;
import dev.parley.signaling.files.Uploader;
import dev.parley.signaling.files.Uploads;
import dev.parley.signaling.model.BodyException;
import dev.parley.signaling.model.ChatMessage;
import dev.parley.signaling.model.Speaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files with a real database and a real folder, at any time of the day.
class FilesKeptTest implements FilesWatch {
    private static final Speaker ALICE = new Speaker("p_alice", "alice", "person-alice");
    private static final Requester BY = new Requester() {
        @Override
        public <T> CompletionStage<T> ask(Function<Uploader, CompletionStage<T>> question) {
            return question.apply(new Uploader("demo", "h", ALICE.person()));
        }
    };

    @TempDir
    private Path data;

    private final List<String> limits = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Database database;
    private FileFolder folder;
    private int keys;
    private long keptFiles;
    private long keptBytes;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(data, new StoreFigures());
        folder = new FileFolder(data);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public void received(long bytes) {}

    @Override
    public void sent(long bytes) {}

    @Override
    public void completed() {}

    @Override
    public void limitHit(String limit) {
        limits.add(limit);
    }

    @Override
    public void kept(long files, long bytes) {
        keptFiles = files;
        keptBytes = bytes;
    }

    private Uploads uploads(long keepFreeBytes) {
        FileQuota quota = new FileQuota(1 << 20, 1 << 30, 1 << 30, 1 << 30, keepFreeBytes);
        return new Uploads(
                database.files(),
                folder,
                quota,
                () -> now,
                System::nanoTime,
                () -> String.format("%022d", ++keys),
                this);
    }

    private void sweep() {
        new Sweep(database.files(), folder, () -> now, this).run();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private List<Path> onDisk() throws IOException {
        try (var files = Files.list(folder.path())) {
            return files.toList();
        }
    }

    private Upload uploaded(String id, int length) {
        Uploads uploads = uploads(0);
        uploads.begin(BY, id, "a.bin", length, null);
        return uploads.receive(BY, id, 0, new ByteArrayInputStream(new byte[length]));
    }

    private void show(String id) throws Exception {
        ChatMessage draft = new ChatMessage(0, 0, "message-of-" + id, now, ALICE, null, null, "", null, false);
        get(database.chat().add("h", "demo", draft, id));
    }

    private static void refused(FileFault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FileRefusal.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @Test
    void filesAreForTheirOwnerOnly() throws Exception {
        uploaded("upload-1", 10);
        assertThat(Files.getPosixFilePermissions(folder.path()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(onDisk())
                .hasSize(1)
                .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void whatNobodyGoesOnWithIsSwept() throws Exception {
        Uploads uploads = uploads(0);
        uploads.begin(BY, "upload-1", "half.bin", 100, null);
        uploads.receive(BY, "upload-1", 0, new ByteArrayInputStream(new byte[50]));
        uploaded("upload-2", 100); // complete, and shown to nobody
        uploaded("upload-3", 100);
        show("upload-3");
        now = now.plus(Sweep.ABANDONED_AFTER).minus(Duration.ofSeconds(1));
        uploads.receive(BY, "upload-1", 50, new ByteArrayInputStream(new byte[10]));
        sweep();
        assertThat(onDisk()).hasSize(3);
        assertThat(keptFiles).isEqualTo(3);
        assertThat(keptBytes).isEqualTo(260);
        now = now.plus(Duration.ofSeconds(2));
        sweep();
        refused(FileFault.NOT_FOUND, () -> uploads.find(BY, "upload-2"));
        assertThat(uploads.find(BY, "upload-1").received()).isEqualTo(60);
        assertThat(onDisk()).hasSize(2);
        now = now.plus(Sweep.ABANDONED_AFTER);
        sweep();
        assertThat(onDisk()).hasSize(1);
        now = now.plus(Duration.ofDays(1_000)); // what a message has stays
        sweep();
        assertThat(keptFiles).isEqualTo(1);
    }

    @Test
    void spaceIsNotKeptForWhatNeverComes() throws Exception {
        Uploads uploads = uploads(0);
        uploads.begin(BY, "upload-1", "nothing.bin", 100, null);
        uploads.begin(BY, "upload-2", "little.bin", 100, null);
        uploads.receive(BY, "upload-2", 0, new ByteArrayInputStream(new byte[1]));
        now = now.plus(Sweep.UNBEGUN_AFTER).plus(Duration.ofSeconds(1));
        sweep();
        refused(FileFault.NOT_FOUND, () -> uploads.find(BY, "upload-1"));
        assertThat(uploads.find(BY, "upload-2").received()).isEqualTo(1);
    }

    @Test
    @DisplayName("hostile F07 a disk that is full takes no file")
    void hostile_F07_diskFull() {
        Uploads full = uploads(Long.MAX_VALUE);
        refused(FileFault.DISK_FULL, () -> full.begin(BY, "upload-1", "a.bin", 10, null));
        uploads(0).begin(BY, "upload-1", "a.bin", 10, null);
        refused(FileFault.DISK_FULL, () -> full.receive(BY, "upload-1", 0, new ByteArrayInputStream(new byte[10])));
        assertThat(limits).containsExactly("file_disk", "file_disk");
        assertThat(uploads(0)
                        .receive(BY, "upload-1", 0, new ByteArrayInputStream(new byte[10]))
                        .complete())
                .isTrue();
    }

    /// Uploads that have begun count as whole: two of them never get the same space.
    @Test
    void whatIsPromisedIsNotPromisedTwice() throws Exception {
        FileQuota quota = new FileQuota(1 << 20, 1 << 30, 1 << 30, 1 << 30, 0);
        Uploader by = new Uploader("demo", "h", "someone");
        Upload one = new Upload("k".repeat(22), "upload-1", "a.bin", "a/b", 600, 0, false);
        Upload two = new Upload("l".repeat(22), "upload-2", "a.bin", "a/b", 600, 0, false);
        assertThat(get(database.files().begin(by, one, quota, 1_000, now)))
                .isInstanceOf(dev.parley.signaling.files.FileStore.Begun.class);
        assertThat(get(database.files().begin(by, two, quota, 1_000, now)))
                .isEqualTo(dev.parley.signaling.files.FileStore.NotBegun.DISK_FULL);
        get(database.files().received(new Upload(one.key(), one.id(), "a.bin", "a/b", 600, 600, false), now));
        assertThat(get(database.files().begin(by, two, quota, 600, now)))
                .isInstanceOf(dev.parley.signaling.files.FileStore.Begun.class);
    }

    /// Left by a process that ended between the deletion of a file and the last part of it.
    @Test
    void whatTheDatabaseDoesNotKnowIsDeletedAtAStart() throws Exception {
        Upload begun = uploaded("upload-1", 10);
        Upload given = uploaded("upload-2", 10);
        uploads(0).end(BY, "upload-2"); // its row is there until it is swept
        Path stray = Files.write(folder.path().resolve("x".repeat(22)), new byte[10]);
        Path foreign = Files.writeString(folder.path().resolve("lost+found.txt"), "not ours");
        new Strays(database.files(), folder).delete();
        assertThat(stray).doesNotExist();
        assertThat(onDisk())
                .containsExactlyInAnyOrder(
                        folder.path().resolve(begun.key()), folder.path().resolve(given.key()), foreign);
    }

    @Test
    void manyThatTheDatabaseDoesNotKnowAreDeletedToo() throws Exception {
        Upload begun = uploaded("upload-1", 10);
        for (int i = 0; i < 2_500; i++) {
            Files.createFile(folder.path().resolve(String.format("stray-%016d", i)));
        }
        new Strays(database.files(), folder).delete();
        assertThat(onDisk()).containsExactly(folder.path().resolve(begun.key()));
    }

    @Test
    void theWholePersonsRoomAndServersFilesGoWithTheHistory() throws Exception {
        uploaded("upload-1", 10);
        show("upload-1");
        uploaded("upload-2", 10);
        database.chat().erase("h");
        get(database.files().totals());
        sweep();
        assertThat(onDisk()).isEmpty();
        assertThat(keptFiles).isZero();
    }

    @Test
    void aFileThatIsDamagedOnTheDiskIsNotServedAsWhole() throws Exception {
        Upload upload = uploaded("upload-1", 10);
        refused(FileFault.NOT_FOUND, () -> new Downloads(database.files(), folder).open(upload.key()));
        show("upload-1");
        Downloads downloads = new Downloads(database.files(), folder);
        downloads.open(upload.key()).bytes().close();
        Files.write(folder.path().resolve(upload.key()), new byte[3]);
        refused(FileFault.NOT_FOUND, () -> downloads.open(upload.key()));
        Files.delete(folder.path().resolve(upload.key()));
        refused(FileFault.NOT_FOUND, () -> downloads.open(upload.key()));
        refused(FileFault.NOT_FOUND, () -> downloads.open("../parley.db"));
    }

    /// After a backup was restored, say: it begins where the file does.
    @Test
    void whatTheFolderDoesNotHaveIsAskedForAgain() throws Exception {
        Uploads uploads = uploads(0);
        uploads.begin(BY, "upload-1", "a.bin", 100, null);
        Upload half = uploads.receive(BY, "upload-1", 0, new ByteArrayInputStream(new byte[50]));
        Files.delete(folder.path().resolve(half.key()));
        assertThatThrownBy(() -> uploads.receive(BY, "upload-1", 50, new ByteArrayInputStream(new byte[50])))
                .isInstanceOfSatisfying(FileRefusal.class, e -> {
                    assertThat(e.fault()).isEqualTo(FileFault.WRONG_OFFSET);
                    assertThat(e.offset()).isZero();
                });
        assertThat(uploads.receive(BY, "upload-1", 0, new ByteArrayInputStream(new byte[100]))
                        .complete())
                .isTrue();
    }

    @Test
    void whatCameBeforeACutCounts() {
        Uploads uploads = uploads(0);
        uploads.begin(BY, "upload-1", "a.bin", 100, null);
        InputStream cut = new ByteArrayInputStream(new byte[30]) {
            @Override
            public int read(byte[] into) throws IOException {
                int n = super.read(into);
                if (n < 0) {
                    throw new BodyException(BodyException.Kind.CUT);
                }
                return n;
            }
        };
        refused(FileFault.UNAVAILABLE, () -> uploads.receive(BY, "upload-1", 0, cut));
        assertThat(uploads.find(BY, "upload-1").received()).isEqualTo(30);
    }

    @Test
    void theTypeIsLookedAtWhenEnoughOfTheFileIsThere() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0};
        Uploads uploads = uploads(0);
        uploads.begin(BY, "upload-1", "a.txt", png.length, "text/plain");
        for (int i = 0; i < png.length; i++) {
            Upload now = uploads.receive(BY, "upload-1", i, new ByteArrayInputStream(png, i, 1));
            assertThat(now.type()).isEqualTo(i < 11 ? "text/plain" : "image/png");
        }
        assertThat(uploads.find(BY, "upload-1").type()).isEqualTo("image/png");
    }

    @Test
    void aBackupHasThem() throws Exception {
        Upload whole = uploaded("upload-1", 1_000);
        show("upload-1");
        uploads(0).begin(BY, "upload-2", "half.bin", 100, null);
        uploads(0).receive(BY, "upload-2", 0, new ByteArrayInputStream(new byte[50]));
        Path file = data.resolve("backup.zip");
        Backup.write(data, file);
        Path other = data.resolve("other");
        Restore.read(file, other, false);
        try (var files = Files.list(other.resolve("files"))) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly(whole.key());
        }
        try (Database restored = Database.open(other, new StoreFigures())) {
            new Downloads(restored.files(), new FileFolder(other))
                    .open(whole.key())
                    .bytes()
                    .close();
        }
        Files.writeString(other.resolve("files").resolve("x".repeat(22)), "of the former database");
        Restore.read(file, other, true);
        assertThat(other.resolve("files").resolve("x".repeat(22))).doesNotExist();
        assertThat(other.resolve(Restore.FORMER_FILES).resolve("x".repeat(22))).exists();
        assertThat(other.resolve("files.restored")).doesNotExist();
    }
}
