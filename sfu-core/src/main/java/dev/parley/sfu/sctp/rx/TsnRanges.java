package dev.parley.sfu.sctp.rx;

import java.util.Arrays;

/// TSNs that came beyond a gap, as disjoint ranges in ascending order, never more than a limit. One loop's thread.
final class TsnRanges {
    private final int most;
    private long[] first = new long[8];
    private long[] last = new long[8];
    private int count;

    TsnRanges(int most) {
        this.most = most;
    }

    int count() {
        return count;
    }

    long first(int i) {
        return first[i];
    }

    long last(int i) {
        return last[i];
    }

    boolean contains(long tsn) {
        int i = firstEndingAtOrBehind(tsn);
        return i < count && first[i] <= tsn;
    }

    /// False when that would be one range too many; a TSN that is contained changes nothing.
    boolean add(long tsn) {
        int i = firstEndingAtOrBehind(tsn - 1);
        if (i < count && first[i] - 1 <= tsn) {
            extend(i, tsn);
            return true;
        }
        if (count == most) {
            return false;
        }
        insert(i, tsn);
        return true;
    }

    /// Drops everything up to `tsn`, and the range that follows without a gap; returns where the gap begins now.
    long advanceTo(long tsn) {
        int gone = 0;
        long cumulative = tsn;
        while (gone < count && first[gone] <= cumulative + 1) {
            cumulative = Math.max(cumulative, last[gone++]);
        }
        System.arraycopy(first, gone, first, 0, count - gone);
        System.arraycopy(last, gone, last, 0, count - gone);
        count -= gone;
        return cumulative;
    }

    private void extend(int i, long tsn) {
        first[i] = Math.min(first[i], tsn);
        last[i] = Math.max(last[i], tsn);
        if (i + 1 < count && first[i + 1] == last[i] + 1) {
            last[i] = last[i + 1];
            System.arraycopy(first, i + 2, first, i + 1, count - i - 2);
            System.arraycopy(last, i + 2, last, i + 1, count - i - 2);
            count--;
        }
    }

    private void insert(int i, long tsn) {
        if (count == first.length) {
            first = Arrays.copyOf(first, count * 2);
            last = Arrays.copyOf(last, count * 2);
        }
        System.arraycopy(first, i, first, i + 1, count - i);
        System.arraycopy(last, i, last, i + 1, count - i);
        first[i] = tsn;
        last[i] = tsn;
        count++;
    }

    private int firstEndingAtOrBehind(long tsn) {
        int at = Arrays.binarySearch(last, 0, count, tsn);
        return at >= 0 ? at : -at - 1;
    }
}
