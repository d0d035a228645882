package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// The cookie of an INIT ACK comes back, [RFC 9260 §3.3.11](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.11):
///
///     | type = 10 | flags | length | cookie … |
public record CookieEchoChunk(byte[] cookie) implements Chunk {

    @Override
    public int type() {
        return ChunkType.COOKIE_ECHO;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.bytes(cookie);
    }
}
