package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// Nothing new will come from either, [RFC 9260 §3.3.9](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.9).
public record ShutdownAckChunk() implements Chunk {

    @Override
    public int type() {
        return ChunkType.SHUTDOWN_ACK;
    }

    @Override
    public void writeValue(WireWriter w) {}
}
