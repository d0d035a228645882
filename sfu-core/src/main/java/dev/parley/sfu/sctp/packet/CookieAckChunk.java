package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// The cookie was taken: the association is up, [RFC 9260
/// §3.3.12](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.12).
public record CookieAckChunk() implements Chunk {

    @Override
    public int type() {
        return ChunkType.COOKIE_ACK;
    }

    @Override
    public void writeValue(WireWriter w) {}
}
