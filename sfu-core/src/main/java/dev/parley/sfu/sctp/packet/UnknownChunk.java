package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// A chunk of a type that we do not know. Its two highest bits say what is to be done,
/// [RFC 9260 §3.2](https://www.rfc-editor.org/rfc/rfc9260#section-3.2).
public record UnknownChunk(int type, int flags, byte[] value) implements Chunk {
    /// Else the rest of the packet is not read.
    public boolean isSkipped() {
        return (type & 0x80) != 0;
    }

    public boolean isReported() {
        return (type & 0x40) != 0;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.bytes(value);
    }
}
