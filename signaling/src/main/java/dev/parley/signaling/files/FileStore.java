package dev.parley.signaling.files;

import dev.parley.signaling.model.SharedFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// What is known of files; their bytes are elsewhere. Writes take effect in the order in which they are asked for, also
/// among those of chat, and are answered after they are on the disk; what was not done fails with a `Refusal`. Callable
/// from any thread.
public interface FileStore {
    /// What became of an upload that was to begin.
    sealed interface Outcome {}

    /// @param fresh false when it had begun before
    record Begun(Upload upload, boolean fresh) implements Outcome {}

    enum NotBegun implements Outcome {
        /// The id is that of another file.
        TAKEN,
        /// The person has too many open.
        TOO_MANY,
        PERSON_FULL,
        ROOM_FULL,
        SERVER_FULL,
        /// The disk has no room for what was begun and this as well.
        DISK_FULL
    }

    /// What became of an upload that was to end.
    enum Ended {
        YES,
        NOT_THERE,
        /// A message has it.
        SHOWN
    }

    /// @param more whether older ones follow
    record Part(List<ListedFile> files, boolean more) {
        public Part {
            files = List.copyOf(files);
        }
    }

    /// All files of this server.
    record Totals(long files, long bytes) {}

    /// Reserves the space of a file. Asked for on the timeline, while its room is open: what is kept of a room begins
    /// before it ends.
    ///
    /// @param fresh as it is if nothing is known of it
    /// @param freeBytes what the disk could take
    CompletionStage<Outcome> begin(Uploader by, Upload fresh, FileQuota quota, long freeBytes, Instant now);

    /// An upload of this person's that is not gone.
    CompletionStage<Optional<Upload>> find(Uploader by, String id);

    /// So many bytes of it are on the disk now; false when it is gone.
    CompletionStage<Boolean> received(Upload upload, Instant now);

    CompletionStage<Ended> end(Uploader by, String id);

    /// A file that is shown to somebody.
    CompletionStage<Optional<SharedFile>> shown(String key);

    /// The files of messages before `n` that this person may read, the newest first.
    CompletionStage<Part> list(Uploader by, long n);

    /// Gives up what was begun and not shown, and to which nothing was added since.
    CompletionStage<Integer> expire(Instant untouchedSince, Instant unbegunSince);

    /// Keys of files whose bytes are to be deleted, some at once.
    CompletionStage<List<String>> gone();

    /// Their bytes are deleted.
    CompletionStage<Boolean> forget(List<String> keys);

    /// Which of these are anybody's, or are still to be deleted.
    CompletionStage<Set<String>> known(List<String> keys);

    CompletionStage<Totals> totals();
}
