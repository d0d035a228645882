package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireWriter;

/// What a packet consists of, [RFC 9260 §3.2](https://www.rfc-editor.org/rfc/rfc9260#section-3.2). Bytes that a chunk
/// refers to are those of the packet that it was read from: whoever keeps them copies them.
///
///     | type | flags | length (header and value) | value … | padding to 4 |
public sealed interface Chunk
        permits AbortChunk,
                CookieAckChunk,
                CookieEchoChunk,
                DataChunk,
                ErrorChunk,
                ForwardTsnChunk,
                HeartbeatChunk,
                InitChunk,
                ReconfigChunk,
                SackChunk,
                ShutdownAckChunk,
                ShutdownChunk,
                ShutdownCompleteChunk,
                UnknownChunk {
    int HEADER_BYTES = 4;

    int type();

    default int flags() {
        return 0;
    }

    void writeValue(WireWriter w);

    /// Header, value and padding. What does not fit leaves the writer overflown.
    default void write(WireWriter w) {
        int start = w.position();
        w.u8(type()).u8(flags()).u16(0);
        writeValue(w);
        if (!w.overflow()) {
            w.patchU16(start + 2, w.position() - start);
            Tlv.align(w);
        }
    }
}
