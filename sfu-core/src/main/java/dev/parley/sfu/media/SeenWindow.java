package dev.parley.sfu.media;

/// Which of the last 1,024 indices have come: a packet and its repair may both arrive.
final class SeenWindow {
    private static final int SIZE = 1024;

    private final long[] bits = new long[SIZE / 64];
    private long highest = -1;

    /// @return false when the index came before or is too old to tell
    boolean first(long index) {
        if (highest < 0 || index > highest) {
            advance(index);
        } else if (index <= highest - SIZE) {
            return false;
        }
        int word = (int) (index >>> 6) & bits.length - 1;
        long bit = 1L << index;
        boolean unseen = (bits[word] & bit) == 0;
        bits[word] |= bit;
        return unseen;
    }

    private void advance(long index) {
        long from = Math.max(highest + 1, index - SIZE + 1);
        for (long i = from; i <= index; i++) {
            bits[(int) (i >>> 6) & bits.length - 1] &= ~(1L << i);
        }
        highest = index;
    }
}
