package dev.parley.signaling.files;

import dev.parley.signaling.model.SharedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files on their way out, to whoever knows their keys. Its methods wait for the disk and the database.
public final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

    private final FileStore store;
    private final FileFolder folder;

    public Downloads(FileStore store, FileFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /// A file that is open; whoever asked for it closes it.
    public record Opened(SharedFile what, FileChannel bytes) {}

    /// Throws a `FileRefusal` when there is none, or it is deleted.
    public Opened open(String key) {
        if (!FileFolder.isKey(key)) {
            throw noFile();
        }
        SharedFile file = Answers.of(store.shown(key)).orElseThrow(Downloads::noFile);
        try {
            FileChannel bytes = folder.read(key);
            if (sizeOf(bytes) == file.size()) {
                return new Opened(file, bytes);
            }
            bytes.close();
        } catch (NoSuchFileException _) {
            // said below
        } catch (IOException e) {
            LOG.error("a file cannot be read: {}", e.getClass().getSimpleName());
            throw new FileRefusal(FileFault.UNAVAILABLE, "the server's disk fails");
        }
        LOG.error("a file that a message shows is not on the disk as it should be");
        throw noFile();
    }

    private static long sizeOf(FileChannel bytes) throws IOException {
        try {
            return bytes.size();
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static FileRefusal noFile() {
        return new FileRefusal(FileFault.NOT_FOUND, "no such file, or it is deleted");
    }
}
