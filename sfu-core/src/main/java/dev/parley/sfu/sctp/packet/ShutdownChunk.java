package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// Nothing new will come from its sender, [RFC 9260 §3.3.8](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.8):
///
///     | type = 7 | flags | length = 8 | cumulative TSN |
public record ShutdownChunk(int cumulativeTsn) implements Chunk {

    static @Nullable ShutdownChunk parse(WireReader r) {
        int cumulativeTsn = r.i32();
        return r.overrun() ? null : new ShutdownChunk(cumulativeTsn);
    }

    @Override
    public int type() {
        return ChunkType.SHUTDOWN;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.i32(cumulativeTsn);
    }
}
