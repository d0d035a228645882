package dev.parley.sfu.edge;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Things noted during a turn, each once however often it is noted, in the order of the first time. One loop only;
/// allocates nothing once it has grown.
final class OncePerTurn<T> {
    private final ArrayDeque<T> order = new ArrayDeque<>();
    private final Map<T, Boolean> noted = new IdentityHashMap<>();
    private @Nullable T newest;

    /// What works on one packet notes the same item several times in a row.
    void add(T item) {
        if (item != newest && noted.put(item, Boolean.TRUE) == null) {
            order.addLast(item);
        }
        newest = item;
    }

    /// False when it was not noted.
    boolean remove(T item) {
        newest = null;
        return noted.remove(item) != null && order.removeLastOccurrence(item);
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    /// Takes out the first; it may be noted again from then on.
    T take() {
        T item = order.removeFirst();
        newest = null;
        noted.remove(item);
        return item;
    }
}
