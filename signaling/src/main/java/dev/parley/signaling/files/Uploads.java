package dev.parley.signaling.files;

import dev.parley.signaling.files.FileStore.Begun;
import dev.parley.signaling.files.FileStore.Ended;
import dev.parley.signaling.files.FileStore.NotBegun;
import dev.parley.signaling.files.FileStore.Outcome;
import dev.parley.signaling.model.BodyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files on their way in, and what their owners ask of them. Its methods wait for the disk and the database, so they
/// are for threads that may; callable from any of those. What is refused is a `FileRefusal`.
public final class Uploads {
    public static final int PART_BYTES_MAX = Part.BYTES_MAX;

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final FileStore store;
    private final FileFolder folder;
    private final FileQuota quota;
    private final InstantSource clock;
    private final LongSupplier nowNs;
    private final Supplier<String> keys;
    private final FilesWatch watch;
    private final Parts parts = new Parts();
    private final Rates rates = new Rates();

    /// @param keys makes names of `FileFolder.KEY_CHARACTERS` characters that nobody guesses
    public Uploads(
            FileStore store,
            FileFolder folder,
            FileQuota quota,
            InstantSource clock,
            LongSupplier nowNs,
            Supplier<String> keys,
            FilesWatch watch) {
        this.store = store;
        this.folder = folder;
        this.quota = quota;
        this.clock = clock;
        this.nowNs = nowNs;
        this.keys = keys;
        this.watch = watch;
    }

    /// Begins an upload, or finds it begun already.
    public Begun begin(Requester requester, String id, String name, long size, @Nullable String type) {
        Declared declared = Declared.of(id, name, size, type);
        if (size > quota.fileBytes()) {
            watch.limitHit("file_size");
            throw new FileRefusal(FileFault.TOO_LARGE, "size: at most " + quota.fileBytes() + " bytes");
        }
        long free = Math.max(0, free() - quota.keepFreeBytes());
        Upload fresh = new Upload(keys.get(), id, declared.name(), declared.type(), size, 0, false);
        Outcome outcome = Answers.of(requester.ask(by -> store.begin(mayAsk(by), fresh, quota, free, clock.instant())));
        return switch (outcome) {
            case Begun begun -> begun;
            case NotBegun why -> throw refusal(why);
        };
    }

    private FileRefusal refusal(NotBegun why) {
        return switch (why) {
            case TAKEN -> new FileRefusal(FileFault.FILE_TAKEN, "id: this is another file of yours");
            case TOO_MANY ->
                hit("open_uploads", FileFault.SLOW_DOWN, "at most " + FileQuota.OPEN_MAX + " uploads at once");
            case PERSON_FULL -> hit("file_quota_person", FileFault.QUOTA_PERSON, "your files have no more space here");
            case ROOM_FULL -> hit("file_quota_room", FileFault.QUOTA_ROOM, "this room has no more space for files");
            case SERVER_FULL ->
                hit("file_quota_server", FileFault.QUOTA_SERVER, "this server has no more space for files");
            case DISK_FULL -> diskFull();
        };
    }

    private FileRefusal hit(String limit, FileFault fault, String detail) {
        watch.limitHit(limit);
        return new FileRefusal(fault, detail);
    }

    private FileRefusal diskFull() {
        return hit("file_disk", FileFault.DISK_FULL, "the server's disk is full");
    }

    private long free() {
        try {
            return folder.freeBytes();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Uploader mayAsk(Uploader by) {
        if (!rates.may(by.person(), nowNs.getAsLong())) {
            throw hit("file_rate", FileFault.SLOW_DOWN, "too many requests; try again in a second");
        }
        return by;
    }

    /// Takes the bytes from `offset` on. What came before a cut counts; what was there already is passed over.
    public Upload receive(Requester requester, String id, long offset, InputStream bytes) {
        Uploader by = who(requester);
        Upload begun = found(by, id);
        try (Parts.Turn turn = parts.take(begun.key(), bytes)) {
            Upload upload = found(by, id); // as the one before left it
            long have = Math.min(upload.received(), folder.length(upload.key()));
            if (offset > have) {
                throw FileRefusal.wrongOffset(have);
            }
            Upload now = write(upload, have, offset, bytes, turn);
            if (now.complete() && !upload.complete()) {
                watch.completed();
            }
            return now;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Upload write(Upload upload, long have, long offset, InputStream bytes, Parts.Turn turn) throws IOException {
        if (have < upload.size() && free() < quota.keepFreeBytes()) {
            throw diskFull();
        }
        try (FileChannel file = folder.write(upload.key())) {
            Part part = new Part(file, upload.size(), have, offset);
            part.copy(bytes);
            Upload now = upload.at(part.written(), type(upload, file, have, part.written()));
            if (now.received() != upload.received() && !Answers.of(store.received(now, clock.instant()))) {
                folder.delete(upload.key());
                throw FileRefusal.notFound();
            }
            watch.received(Math.max(0, part.written() - have));
            if (turn.overtaken()) {
                throw new FileRefusal(FileFault.OVERTAKEN, "a newer part of the same upload goes on");
            }
            if (part.cut() != null) {
                throw early(part.cut());
            }
            return now;
        }
    }

    /// Looked at when enough of the file is there for the first time.
    private static String type(Upload upload, FileChannel file, long before, long now) throws IOException {
        long enough = Math.min(MediaType.BYTES_NEEDED, upload.size());
        return before < enough && now >= enough ? MediaType.of(FileFolder.head(file), upload.type()) : upload.type();
    }

    private FileRefusal early(BodyException cut) {
        return cut.kind() == BodyException.Kind.TOO_SLOW
                ? hit("slow_upload", FileFault.TOO_SLOW, "the part took too long; send smaller ones")
                : new FileRefusal(FileFault.UNAVAILABLE, "the part was cut off");
    }

    private FileRefusal failed(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return diskFull();
        }
        LOG.error("a file could not be written: {}", e.getClass().getSimpleName());
        return new FileRefusal(FileFault.UNAVAILABLE, "the server's disk fails");
    }

    /// How far it is.
    public Upload find(Requester requester, String id) {
        return found(who(requester), id);
    }

    private Uploader who(Requester requester) {
        return mayAsk(Answers.of(requester.ask(CompletableFuture::completedFuture)));
    }

    private Upload found(Uploader by, String id) {
        if (!Declared.ID.matcher(id).matches()) {
            throw FileRefusal.notFound();
        }
        return Answers.of(store.find(by, id)).orElseThrow(FileRefusal::notFound);
    }

    /// Gives up what no message has.
    public void end(Requester requester, String id) {
        if (Answers.of(store.end(who(requester), id)) == Ended.SHOWN) {
            throw new FileRefusal(FileFault.FILE_TAKEN, "a message has this file: delete the message");
        }
    }

    public FileStore.Part list(Requester requester, long before) {
        return Answers.of(store.list(who(requester), before));
    }
}
