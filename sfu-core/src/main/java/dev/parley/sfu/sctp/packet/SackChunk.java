package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// Which TSNs have come, [RFC 9260 §3.3.4](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.4):
///
///     | type = 3 | flags | length | cumulative TSN | window | #gaps | #duplicates | gaps … | duplicates … |
///
/// @param window bytes that the receiver still takes (a_rwnd)
/// @param gaps pairs of first and last offset from the cumulative TSN of a block that has come
/// @param duplicates TSNs that came more than once
public record SackChunk(int cumulativeTsn, long window, int[] gaps, int[] duplicates) implements Chunk {
    public static final int FIXED_BYTES = 16;
    public static final int GAP_BYTES = 4;
    public static final int DUPLICATE_BYTES = 4;

    private static final int[] NONE = {};

    static @Nullable SackChunk parse(WireReader r) {
        int cumulativeTsn = r.i32();
        long window = r.u32();
        int gapCount = r.u16();
        int duplicateCount = r.u16();
        if (r.overrun() || r.remaining() != GAP_BYTES * gapCount + DUPLICATE_BYTES * duplicateCount) {
            return null;
        }
        int[] gaps = numbers(2 * gapCount);
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = r.u16();
        }
        int[] duplicates = numbers(duplicateCount);
        for (int i = 0; i < duplicates.length; i++) {
            duplicates[i] = r.i32();
        }
        return new SackChunk(cumulativeTsn, window, gaps, duplicates);
    }

    /// Mostly there are none, and then no array is made.
    public static int[] numbers(int count) {
        return count == 0 ? NONE : new int[count];
    }

    @Override
    public int type() {
        return ChunkType.SACK;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.i32(cumulativeTsn).u32(window).u16(gaps.length / 2).u16(duplicates.length);
        for (int gap : gaps) {
            w.u16(gap);
        }
        for (int duplicate : duplicates) {
            w.i32(duplicate);
        }
    }
}
