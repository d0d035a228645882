package dev.parley.sfu.base;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Who is due when: a binary heap whose entries know their own place, so that moving a deadline costs a few swaps.
/// One loop's thread only.
public final class Deadlines<T extends Deadlines.Entry> {
    /// "Nothing due".
    public static final long NEVER = Long.MAX_VALUE;

    /// What can be due. Each entry is in at most one heap.
    public abstract static class Entry {
        private int place = -1;
        private long dueNs = NEVER;
    }

    private Entry[] heap = new Entry[64];
    private int size;

    public long nextNs() {
        return size == 0 ? NEVER : heap[0].dueNs;
    }

    public int size() {
        return size;
    }

    /// Sets, moves or, with `NEVER`, removes an entry's deadline.
    public void set(T item, long dueNs) {
        Entry entry = item;
        if (entry.place < 0) {
            if (dueNs == NEVER) {
                return;
            }
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            put(entry, size++);
        }
        entry.dueNs = dueNs;
        if (dueNs == NEVER) {
            remove(entry);
        } else {
            down(up(entry.place));
        }
    }

    /// Takes out one entry that is due at `nowNs`, or null.
    @SuppressWarnings("unchecked") // only T ever enters through set
    public @Nullable T pollDue(long nowNs) {
        if (size == 0 || heap[0].dueNs > nowNs) {
            return null;
        }
        Entry due = heap[0];
        remove(due);
        return (T) due;
    }

    private void remove(Entry entry) {
        int place = entry.place;
        Entry last = heap[--size];
        entry.place = -1;
        entry.dueNs = NEVER;
        if (last != entry) {
            put(last, place);
            down(up(place));
        }
    }

    private int up(int place) {
        while (place > 0) {
            int parent = (place - 1) / 2;
            if (heap[parent].dueNs <= heap[place].dueNs) {
                break;
            }
            swap(place, parent);
            place = parent;
        }
        return place;
    }

    private void down(int place) {
        while (true) {
            int child = 2 * place + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && heap[child + 1].dueNs < heap[child].dueNs) {
                child++;
            }
            if (heap[place].dueNs <= heap[child].dueNs) {
                return;
            }
            swap(place, child);
            place = child;
        }
    }

    private void swap(int a, int b) {
        Entry first = heap[a];
        put(heap[b], a);
        put(first, b);
    }

    private void put(Entry entry, int place) {
        heap[place] = entry;
        entry.place = place;
    }
}
