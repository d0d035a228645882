package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The association ends at once, [RFC 9260 §3.3.7](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.7):
///
///     | type = 6 | flags, T = 1 | length | causes … |
///
/// @param reflected the T bit: the tag is the receiver's own view of the sender's, not the other way round
public record AbortChunk(boolean reflected, List<ErrorCause> causes) implements Chunk {

    static @Nullable AbortChunk parse(int flags, WireReader r) {
        List<ErrorCause> causes = ErrorCause.parse(r);
        return causes == null ? null : new AbortChunk((flags & 1) != 0, causes);
    }

    @Override
    public int type() {
        return ChunkType.ABORT;
    }

    @Override
    public int flags() {
        return reflected ? 1 : 0;
    }

    @Override
    public void writeValue(WireWriter w) {
        ErrorCause.write(w, causes);
    }
}
