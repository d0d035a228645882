package dev.parley.sfu.srtp;

import org.jspecify.annotations.Nullable;

/// State by SSRC without boxing: an open-addressing table that only grows, up to a limit. Belongs to one loop.
final class SsrcTable<T> {
    private static final int FIRST_CAPACITY = 16;

    /// 2^32 divided by the golden ratio: spreads neighbouring numbers over the upper bits.
    private static final int SPREAD = 0x9e37_79b9;

    private final int sizeMax;
    private int[] keys = new int[FIRST_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    SsrcTable(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    @SuppressWarnings("unchecked") // only put() writes values
    @Nullable
    T get(int ssrc) {
        return (T) values[place(ssrc)];
    }

    boolean isFull() {
        return size == sizeMax;
    }

    int size() {
        return size;
    }

    /// Adds what is not there yet.
    void put(int ssrc, T value) {
        if (isFull()) {
            throw new IllegalStateException("more than " + sizeMax + " sources");
        }
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        set(ssrc, value);
        size++;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new @Nullable Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Object value = oldValues[i];
            if (value != null) {
                set(oldKeys[i], value);
            }
        }
    }

    private void set(int ssrc, Object value) {
        int place = place(ssrc);
        keys[place] = ssrc;
        values[place] = value;
    }

    /// Where this SSRC is, or the free place where it would go; the table is at most half full, so there is one.
    private int place(int ssrc) {
        int mask = keys.length - 1;
        int place = (ssrc * SPREAD) >>> Integer.numberOfLeadingZeros(mask);
        while (values[place] != null && keys[place] != ssrc) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
