package dev.parley.sfu.srtp;

import java.util.Arrays;

/// Which of the last 1,024 indices were seen, [RFC 3711 §3.3.2](https://www.rfc-editor.org/rfc/rfc3711#section-3.3.2):
/// one bit each in a ring. Looking and marking are two steps, because a receiver may only mark what it authenticated.
/// Belongs to one loop.
public final class ReplayWindow {
    /// A key frame of 4 Mbit/s video has some 200 packets and browsers resend within a second: 64, the least that the
    /// RFC allows, would call such repairs replays.
    public static final int SIZE = 1024;

    private static final int WORD_MASK = SIZE / Long.SIZE - 1;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long highest = -1;

    /// Neither marked nor so old that it cannot be known.
    public boolean isNew(long index) {
        return index > highest || (!isBelow(index) && (seen[word(index)] & bit(index)) == 0);
    }

    /// Too old to know, or an index that cannot exist.
    public boolean isBelow(long index) {
        return index < 0 || index <= highest - SIZE;
    }

    /// Marks an index for which `isNew` holds.
    public void commit(long index) {
        if (index > highest) {
            forgetUpTo(index);
            highest = index;
        }
        seen[word(index)] |= bit(index);
    }

    /// The highest marked index, -1 before the first.
    public long highest() {
        return highest;
    }

    /// The ring's places of the indices that are skipped hold the bits of indices that fall out of the window.
    private void forgetUpTo(long index) {
        if (index - highest >= SIZE) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long skipped = highest + 1; skipped <= index; skipped++) {
            seen[word(skipped)] &= ~bit(skipped);
        }
    }

    private static int word(long index) {
        return (int) (index >>> 6) & WORD_MASK;
    }

    private static long bit(long index) {
        return 1L << index;
    }
}
