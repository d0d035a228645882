package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// What its sender has given up need not be waited for.
///
/// FORWARD-TSN, [RFC 3758 §3.2](https://www.rfc-editor.org/rfc/rfc3758#section-3.2):
///
///     | type = 192 | flags | length | new cumulative TSN | (stream | SSN) … |
///
/// I-FORWARD-TSN, [RFC 8260 §2.3.1](https://www.rfc-editor.org/rfc/rfc8260#section-2.3.1):
///
///     | type = 194 | flags | length | new cumulative TSN | (stream | reserved, U | MID) … |
public record ForwardTsnChunk(boolean interleaved, int newCumulativeTsn, Skipped[] skipped) implements Chunk {
    public static final int FIXED_BYTES = 8;

    /// The last message of a stream that was given up.
    public record Skipped(int stream, boolean unordered, int number) {}

    public static int skippedBytes(boolean interleaved) {
        return interleaved ? 8 : 4;
    }

    static @Nullable ForwardTsnChunk parse(boolean interleaved, WireReader r) {
        int newCumulativeTsn = r.i32();
        int each = skippedBytes(interleaved);
        if (r.overrun() || r.remaining() % each != 0) {
            return null;
        }
        Skipped[] skipped = new Skipped[r.remaining() / each];
        for (int i = 0; i < skipped.length; i++) {
            int stream = r.u16();
            int second = r.u16();
            skipped[i] =
                    interleaved ? new Skipped(stream, (second & 1) != 0, r.i32()) : new Skipped(stream, false, second);
        }
        return new ForwardTsnChunk(interleaved, newCumulativeTsn, skipped);
    }

    @Override
    public int type() {
        return interleaved ? ChunkType.I_FORWARD_TSN : ChunkType.FORWARD_TSN;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.i32(newCumulativeTsn);
        for (Skipped each : skipped) {
            w.u16(each.stream);
            if (interleaved) {
                w.u16(each.unordered ? 1 : 0).i32(each.number);
            } else {
                w.u16(each.number);
            }
        }
    }
}
