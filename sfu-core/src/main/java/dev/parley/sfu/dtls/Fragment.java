package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireReader;
import org.jspecify.annotations.Nullable;

/// A piece of a handshake message, [RFC 6347 §4.2.2](https://www.rfc-editor.org/rfc/rfc6347#section-4.2.2):
///
///     | type 1 | length 3 | message_seq 2 | fragment_offset 3 | fragment_length 3 | bytes ... |
///
/// @param messageBytes the length of the whole message
/// @param offset where in the message this piece belongs
/// @param piece exactly the bytes of this piece
record Fragment(int type, int messageBytes, int messageSeq, int offset, WireReader piece) {
    static final int HEADER_BYTES = 12;

    /// No message of a WebRTC handshake comes near it; a ClientHello with a post-quantum share has 1.5 KB.
    static final int MESSAGE_BYTES_MAX = 16_384;

    /// Null when what comes next is no fragment that could be part of any message. An empty piece is one only of an
    /// empty message, so a flood of them leads nowhere.
    static @Nullable Fragment read(WireReader reader) {
        int type = reader.u8();
        int messageBytes = reader.u24();
        int messageSeq = reader.u16();
        int offset = reader.u24();
        int bytes = reader.u24();
        WireReader piece = reader.slice(bytes);
        boolean sound = !reader.overrun()
                && !piece.overrun()
                && messageBytes <= MESSAGE_BYTES_MAX
                && offset + bytes <= messageBytes
                && (bytes > 0 || messageBytes == 0);
        return sound ? new Fragment(type, messageBytes, messageSeq, offset, piece) : null;
    }
}
