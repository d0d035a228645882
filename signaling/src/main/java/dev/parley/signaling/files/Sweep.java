package dev.parley.signaling.files;

import dev.parley.signaling.files.FileStore.Totals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the bytes of files that are nobody's any more: their message or room was deleted, or their upload was given
/// up. What was not finished when the process ended goes on at the next start. Run by one thread, which may wait.
public final class Sweep implements Runnable {
    /// From one look to the next: how long deleted bytes stay on the disk.
    public static final Duration EVERY = Duration.ofSeconds(5);
    /// A network that is away for long, or somebody who has not pressed "send" yet.
    public static final Duration ABANDONED_AFTER = Duration.ofMinutes(30);

    /// Whoever announces a file sends of it: space is not reserved for nothing.
    public static final Duration UNBEGUN_AFTER = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final FileStore store;
    private final FileFolder folder;
    private final InstantSource clock;
    private final FilesWatch watch;

    public Sweep(FileStore store, FileFolder folder, InstantSource clock, FilesWatch watch) {
        this.store = store;
        this.folder = folder;
        this.clock = clock;
        this.watch = watch;
    }

    @Override
    public void run() {
        try {
            int abandoned = Answers.of(expire(clock.instant()));
            if (abandoned > 0) {
                LOG.info("gave up {} uploads to which nothing was added", abandoned);
            }
            List<String> gone = Answers.of(store.gone());
            while (!gone.isEmpty() && delete(gone)) {
                gone = Answers.of(store.gone());
            }
            Totals totals = Answers.of(store.totals());
            watch.kept(totals.files(), totals.bytes());
        } catch (FileRefusal later) {
            LOG.debug("the database did not answer", later);
        } catch (RuntimeException e) {
            LOG.error("looking for deleted files failed", e); // and goes on at the next look
        }
    }

    private CompletionStage<Integer> expire(Instant now) {
        return store.expire(now.minus(ABANDONED_AFTER), now.minus(UNBEGUN_AFTER));
    }

    /// False when nothing could be deleted: it is tried again later.
    private boolean delete(List<String> gone) {
        List<String> deleted = new ArrayList<>();
        for (String key : gone) {
            try {
                folder.delete(key);
                deleted.add(key);
            } catch (IOException e) {
                LOG.error(
                        "a deleted file is still on the disk: {}", e.getClass().getSimpleName());
            }
        }
        return !deleted.isEmpty() && Answers.of(store.forget(deleted));
    }
}
