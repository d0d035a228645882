package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// The association is over, [RFC 9260 §3.3.13](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.13).
///
/// @param reflected the T bit, as in [AbortChunk]
public record ShutdownCompleteChunk(boolean reflected) implements Chunk {

    @Override
    public int type() {
        return ChunkType.SHUTDOWN_COMPLETE;
    }

    @Override
    public int flags() {
        return reflected ? 1 : 0;
    }

    @Override
    public void writeValue(WireWriter w) {}
}
