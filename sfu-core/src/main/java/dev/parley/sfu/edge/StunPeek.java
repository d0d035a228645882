package dev.parley.sfu.edge;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Packet;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A first glance at datagrams of unknown senders: is it a STUN binding request, and whom does it name? Nothing is
/// believed yet: the endpoint that it names checks its integrity. Stateless.
///
///     |00| Binding request 0x0001 |  length   |        RFC 8489 §5
///     |      magic cookie 0x2112a442          |
///     |         transaction id (96)           |
///     | USERNAME 0x0006  | length | our ufrag ":" their ufrag | ...   RFC 8445 §7.2.2
final class StunPeek {
    private static final int HEADER_BYTES = 20;
    private static final int BINDING_REQUEST = 0x0001;
    private static final int COOKIE = 0x2112_a442;
    private static final int USERNAME = 0x0006;

    /// Browsers send seven attributes, USERNAME first or second.
    private static final int ATTRIBUTES_MAX = 16;

    /// Ours have ten; a longer one is not of us.
    private static final int UFRAG_BYTES_MAX = 32;

    private StunPeek() {}

    static boolean looksLikeStun(ByteBuf datagram) {
        int at = datagram.readerIndex();
        return datagram.readableBytes() >= HEADER_BYTES
                && (datagram.getByte(at) & 0xc0) == 0
                && datagram.getInt(at + 4) == COOKIE;
    }

    static boolean isRequest(Packet packet) {
        return isRequest(packet.array(), 0, packet.length());
    }

    private static boolean isRequest(byte[] bytes, int from, int end) {
        return end - from >= HEADER_BYTES
                && Bytes.u16(bytes, from) == BINDING_REQUEST
                && Bytes.i32(bytes, from + 4) == COOKIE;
    }

    /// Our half of a request's USERNAME, or null when there is none that could be ours.
    static @Nullable String localUfrag(Packet request) {
        return localUfrag(request.array(), 0, request.length());
    }

    static @Nullable String localUfrag(byte[] bytes, int from, int end) {
        if (!isRequest(bytes, from, end) || HEADER_BYTES + Bytes.u16(bytes, from + 2) != end - from) {
            return null;
        }
        int at = from + HEADER_BYTES;
        for (int i = 0; i < ATTRIBUTES_MAX && at + 4 <= end; i++) {
            int length = Bytes.u16(bytes, at + 2);
            if (at + 4 + length > end) {
                return null;
            }
            if (Bytes.u16(bytes, at) == USERNAME) {
                return beforeColon(bytes, at + 4, length);
            }
            at += 4 + ((length + 3) & ~3);
        }
        return null;
    }

    private static @Nullable String beforeColon(byte[] bytes, int from, int length) {
        for (int i = 0; i < Math.min(length, UFRAG_BYTES_MAX + 1); i++) {
            if (bytes[from + i] == ':') {
                return new String(bytes, from, i, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }
}
