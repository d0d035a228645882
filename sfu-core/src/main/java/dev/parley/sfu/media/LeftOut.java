package dev.parley.sfu.media;

/// Which of a source's rising numbers were left out for a subscriber, so that what follows them moves up. Exact
/// for the last 1,024 numbers; older ones nobody asks for. Lives on the subscriber's loop.
final class LeftOut {
    static final int WINDOW = 1024;

    /// One word more than the window covers would do; twice as many keep the ring's arithmetic plain.
    private static final int WORDS = 2 * WINDOW / Long.SIZE;

    /// Made with the first number: most streams leave nothing out.
    private long[] bits = {};

    private long highest = Long.MIN_VALUE;
    private long count;

    /// @param number above all that were left out before
    void add(long number) {
        if (bits.length == 0) {
            bits = new long[WORDS];
        }
        long from = highest == Long.MIN_VALUE ? number >> 6 : (highest >> 6) + 1;
        long to = number >> 6;
        for (long word = Math.max(from, to - WORDS + 1); word <= to; word++) {
            bits[slot(word)] = 0;
        }
        bits[slot(to)] |= 1L << number;
        highest = number;
        count++;
    }

    boolean empty() {
        return bits.length == 0;
    }

    /// How many were left out below this number, which is at most a window below the highest of them.
    long below(long number) {
        return number > highest ? count : count - among(Math.max(number, highest - WINDOW + 1), highest);
    }

    private int among(long first, long last) {
        int sum = 0;
        for (long word = first >> 6; word <= last >> 6; word++) {
            long some = bits[slot(word)];
            some = word == first >> 6 ? some & -1L << first : some;
            some = word == last >> 6 ? some & -1L >>> ~last : some;
            sum += Long.bitCount(some);
        }
        return sum;
    }

    private static int slot(long word) {
        return (int) word & WORDS - 1;
    }
}
