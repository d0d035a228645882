package dev.parley.sfu.base;

/// 16-bit sequence numbers to 64-bit indices that never wrap, [RFC 3711
/// §3.3.1](https://www.rfc-editor.org/rfc/rfc3711#section-3.3.1).
/// `int seq` is always the wire number, `long index` the unwrapped one; no arithmetic is done on `seq`.
public final class SeqUnwrapper {
    /// The first packet starts one wrap above zero, so that packets before it have room below.
    private static final long FIRST_CYCLE = 1L << 16;

    private long highest = -1;

    public long unwrap(int seq) {
        if (highest < 0) {
            highest = FIRST_CYCLE + seq;
            return highest;
        }
        long index = peek(seq);
        highest = Math.max(highest, index);
        return index;
    }

    /// The index this number would get, without moving the highest seen.
    public long peek(int seq) {
        return highest < 0 ? FIRST_CYCLE + seq : highest + (short) (seq - (int) highest);
    }

    public boolean started() {
        return highest >= 0;
    }

    public long highest() {
        return highest;
    }
}
