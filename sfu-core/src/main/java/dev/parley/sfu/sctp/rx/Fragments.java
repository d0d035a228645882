package dev.parley.sfu.sctp.rx;

import java.util.ArrayList;
import java.util.List;

/// Fragments in order, which mostly is the order in which they come. One loop's thread.
final class Fragments {
    private final List<Fragment> sorted = new ArrayList<>(2);
    private int bytes;

    int size() {
        return sorted.size();
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    Fragment get(int i) {
        return sorted.get(i);
    }

    /// Of payload.
    int bytes() {
        return bytes;
    }

    int cost() {
        return bytes + sorted.size() * Fragment.OVERHEAD_BYTES;
    }

    /// Where it was put, or -1 when its place is taken.
    int add(Fragment fragment) {
        int at = indexOf(fragment.order());
        if (at < sorted.size() && sorted.get(at).order() == fragment.order()) {
            return -1;
        }
        sorted.add(at, fragment);
        bytes += fragment.bytes().length;
        return at;
    }

    /// That these are all fragments of one message.
    boolean isWhole() {
        Fragment first = sorted.getFirst();
        Fragment last = sorted.getLast();
        return first.begin() && last.end() && last.order() - first.order() == sorted.size() - 1;
    }

    byte[] joined() {
        return joined(0, sorted.size());
    }

    byte[] joined(int from, int to) {
        if (to - from == 1) {
            return sorted.get(from).bytes();
        }
        int length = 0;
        for (int i = from; i < to; i++) {
            length += sorted.get(i).bytes().length;
        }
        byte[] message = new byte[length];
        int at = 0;
        for (int i = from; i < to; i++) {
            byte[] piece = sorted.get(i).bytes();
            System.arraycopy(piece, 0, message, at, piece.length);
            at += piece.length;
        }
        return message;
    }

    /// Returns what these have cost.
    int remove(int from, int to) {
        int cost = 0;
        for (int i = from; i < to; i++) {
            cost += sorted.get(i).cost();
            bytes -= sorted.get(i).bytes().length;
        }
        sorted.subList(from, to).clear();
        return cost;
    }

    /// How many have an order of at most `order`.
    int countUpTo(long order) {
        return indexOf(order + 1);
    }

    private int indexOf(long order) {
        if (sorted.isEmpty() || sorted.getLast().order() < order) {
            return sorted.size();
        }
        int low = 0;
        int high = sorted.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).order() < order) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
