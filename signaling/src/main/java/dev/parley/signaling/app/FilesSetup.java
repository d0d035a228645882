package dev.parley.signaling.app;

import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.files.Downloads;
import dev.parley.signaling.files.FileFolder;
import dev.parley.signaling.files.FileQuota;
import dev.parley.signaling.files.FileStore;
import dev.parley.signaling.files.FilesWatch;
import dev.parley.signaling.files.Strays;
import dev.parley.signaling.files.Sweep;
import dev.parley.signaling.files.Uploads;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.socket.FilesOffer;
import dev.parley.signaling.store.Database;
import dev.parley.signaling.web.DownloadsApi;
import dev.parley.signaling.web.FileJobs;
import dev.parley.signaling.web.Router;
import dev.parley.signaling.web.UploadsApi;
import dev.parley.signaling.web.WebWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Files put together: their folder, database, routes and sweeping. Where none are taken any more, those that are there
/// can still be read.
final class FilesSetup {
    private final FileStore store;
    private final FileFolder folder;
    private final @Nullable FileQuota quota;
    private final FilesWatch watch;

    private FilesSetup(FileStore store, FileFolder folder, @Nullable FileQuota quota, FilesWatch watch) {
        this.store = store;
        this.folder = folder;
        this.quota = quota;
        this.watch = watch;
    }

    /// Before a port is bound: what the database does not know is deleted.
    ///
    /// @param quota null where none are taken
    static FilesSetup of(Path data, @Nullable FileQuota quota, Database database, FilesWatch watch)
            throws StartException {
        try {
            FileFolder folder = new FileFolder(data);
            new Strays(database.files(), folder).delete();
            return new FilesSetup(database.files(), folder, quota, watch);
        } catch (IOException e) {
            throw new StartException(
                    StartException.DATA_FOLDER, "data: '" + data.resolve(FileFolder.NAME) + "' cannot be used: " + e);
        }
    }

    @Nullable
    FilesOffer offer() {
        return quota == null ? null : new FilesOffer(quota.fileBytes(), Uploads.PART_BYTES_MAX);
    }

    void addTo(Router router, Rooms rooms, Chat chat, WebWatch web) {
        FileJobs jobs = new FileJobs(web);
        new DownloadsApi(new Downloads(store, folder), jobs, watch).addTo(router);
        if (quota != null) {
            RandomTokens tokens = new RandomTokens();
            Uploads uploads = new Uploads(
                    store,
                    folder,
                    quota,
                    InstantSource.system(),
                    System::nanoTime,
                    () -> tokens.make(FileFolder.KEY_CHARACTERS),
                    watch);
            new UploadsApi(uploads, rooms, chat, jobs).addTo(router);
        }
    }

    void sweepOn(ScheduledExecutorService chores) {
        Sweep sweep = new Sweep(store, folder, InstantSource.system(), watch);
        chores.scheduleWithFixedDelay(sweep, 0, Sweep.EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
