package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something was wrong but the association goes on,
/// [RFC 9260 §3.3.10](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10):
///
///     | type = 9 | flags | length | causes … |
public record ErrorChunk(List<ErrorCause> causes) implements Chunk {

    static @Nullable ErrorChunk parse(WireReader r) {
        List<ErrorCause> causes = ErrorCause.parse(r);
        return causes == null ? null : new ErrorChunk(causes);
    }

    @Override
    public int type() {
        return ChunkType.ERROR;
    }

    @Override
    public void writeValue(WireWriter w) {
        ErrorCause.write(w, causes);
    }
}
