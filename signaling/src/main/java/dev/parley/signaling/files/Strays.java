package dev.parley.signaling.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bytes on the disk that the database knows nothing of: a process that ended while it deleted a file to which a part
/// still came leaves them. Deleted at a start, before anybody can upload; may wait.
public final class Strays {
    private static final int AT_ONCE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Strays.class);

    private final FileStore store;
    private final FileFolder folder;

    public Strays(FileStore store, FileFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    /// Only what is called by a key: anything else in the folder is not ours.
    public void delete() throws IOException {
        try {
            int deleted = 0;
            List<String> keys = folder.keys();
            for (int i = 0; i < keys.size(); i += AT_ONCE) {
                deleted += delete(keys.subList(i, Math.min(keys.size(), i + AT_ONCE)));
            }
            if (deleted > 0) {
                LOG.warn("deleted {} files that the database does not know", deleted);
            }
        } catch (FileRefusal later) {
            LOG.warn("files that the database does not know stay until the next start: {}", later.getMessage());
        }
    }

    private int delete(List<String> keys) {
        Set<String> known = Answers.of(store.known(keys));
        List<String> strays = new ArrayList<>(keys);
        strays.removeAll(known);
        int deleted = 0;
        for (String key : strays) {
            try {
                folder.delete(key);
                deleted++;
            } catch (IOException e) {
                LOG.error(
                        "a file that nobody knows is still on the disk: {}",
                        e.getClass().getSimpleName());
            }
        }
        return deleted;
    }
}
