package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bound addresses of one session, oldest first, at most a handful. Looking one up allocates nothing. One
/// loop's thread.
final class BoundPaths {
    private final List<BoundPath> paths = new ArrayList<>();
    private final int max;
    private @Nullable BoundPath lastFound;

    BoundPaths(int max) {
        this.max = max;
    }

    int size() {
        return paths.size();
    }

    boolean full() {
        return paths.size() >= max;
    }

    BoundPath at(int index) {
        return paths.get(index);
    }

    @Nullable
    BoundPath newest() {
        return paths.isEmpty() ? null : paths.getLast();
    }

    @Nullable
    BoundPath find(Flow flow) {
        BoundPath last = lastFound;
        if (last != null && (last.flow == flow || last.flow.equals(flow))) {
            return last;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).flow.equals(flow)) {
                return lastFound = paths.get(i);
            }
        }
        return null;
    }

    /// There must be room.
    BoundPath add(Flow flow, long nowNs) {
        BoundPath path = new BoundPath(flow, nowNs);
        paths.add(path);
        return path;
    }

    void remove(BoundPath path) {
        paths.remove(path);
        lastFound = null;
    }

    /// Whom to drop for a newcomer: never the two that are in use, rather one that never carried media, and of
    /// those the one that was heard longest ago.
    @Nullable
    BoundPath leastUseful(@Nullable BoundPath inUse, @Nullable BoundPath alsoInUse) {
        BoundPath least = null;
        for (int i = 0; i < paths.size(); i++) {
            BoundPath path = paths.get(i);
            if (path != inUse && path != alsoInUse && (least == null || lessUseful(path, least))) {
                least = path;
            }
        }
        return least;
    }

    private static boolean lessUseful(BoundPath path, BoundPath other) {
        return path.carriedMedia == other.carriedMedia ? path.heardNs < other.heardNs : other.carriedMedia;
    }
}
