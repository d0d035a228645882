package dev.parley.sfu.rtp;

import dev.parley.sfu.base.Packet;

/// The RTP header as static accessors over a packet, [RFC 3550
/// §5.1](https://www.rfc-editor.org/rfc/rfc3550#section-5.1). Stateless; nothing is allocated.
///
///      0                   1                   2                   3
///     |V=2|P|X|  CC   |M|     PT      |       sequence number         |
///     |                           timestamp                           |
///     |           synchronization source (SSRC) identifier            |
///     |            contributing source (CSRC) identifiers ...         |
///     |      defined by profile       |           length              |  when X
///     |                        header extension ...                   |
///
/// Only `valid` may be asked about bytes that were not checked; all else relies on it.
public final class Rtp {
    /// Bytes before CSRCs and extensions.
    public static final int FIXED_HEADER_BYTES = 12;

    public static final int VERSION_2 = 0x80;
    private static final int VERSION_MASK = 0xc0;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int CSRC_COUNT = 0x0f;
    private static final int MARKER = 0x80;
    private static final int PAYLOAD_TYPE = 0x7f;

    private Rtp() {}

    /// True when version, CSRCs, extension and padding fit the packet.
    public static boolean valid(Packet p) {
        int length = p.length();
        if (length < FIXED_HEADER_BYTES || (p.u8(0) & VERSION_MASK) != VERSION_2) {
            return false;
        }
        int header = fixedAndCsrcs(p);
        if (hasExtension(p)) {
            if (header + 4 > length) {
                return false;
            }
            header += 4 + 4 * p.u16(header + 2);
        }
        return header <= length && paddingFits(p, length - header);
    }

    private static boolean paddingFits(Packet p, int room) {
        if (!hasPadding(p)) {
            return true;
        }
        int padding = room == 0 ? 0 : p.u8(p.length() - 1);
        return padding > 0 && padding <= room;
    }

    public static boolean hasPadding(Packet p) {
        return (p.u8(0) & PADDING) != 0;
    }

    public static boolean hasExtension(Packet p) {
        return (p.u8(0) & EXTENSION) != 0;
    }

    public static int csrcCount(Packet p) {
        return p.u8(0) & CSRC_COUNT;
    }

    public static boolean marker(Packet p) {
        return (p.u8(1) & MARKER) != 0;
    }

    public static void marker(Packet p, boolean marker) {
        p.u8(1, payloadType(p) | (marker ? MARKER : 0));
    }

    public static int payloadType(Packet p) {
        return p.u8(1) & PAYLOAD_TYPE;
    }

    public static void payloadType(Packet p, int payloadType) {
        p.u8(1, (p.u8(1) & MARKER) | payloadType);
    }

    public static int sequence(Packet p) {
        return p.u16(2);
    }

    public static void sequence(Packet p, int seq) {
        p.u16(2, seq);
    }

    public static int timestamp(Packet p) {
        return p.i32(4);
    }

    public static void timestamp(Packet p, int timestamp) {
        p.i32(4, timestamp);
    }

    public static int ssrc(Packet p) {
        return p.i32(8);
    }

    public static void ssrc(Packet p, int ssrc) {
        p.i32(8, ssrc);
    }

    /// Everything before the payload: fixed part, CSRCs and extension.
    public static int headerLength(Packet p) {
        int header = fixedAndCsrcs(p);
        return hasExtension(p) ? header + 4 + 4 * p.u16(header + 2) : header;
    }

    /// Where the extension's own four bytes (profile and length) begin, if there is one.
    static int extensionOffset(Packet p) {
        return fixedAndCsrcs(p);
    }

    public static int payloadOffset(Packet p) {
        return headerLength(p);
    }

    /// Without padding.
    public static int payloadLength(Packet p) {
        return p.length() - headerLength(p) - paddingLength(p);
    }

    public static void padding(Packet p, boolean padded) {
        p.u8(0, padded ? p.u8(0) | 0x20 : p.u8(0) & ~0x20);
    }

    public static int paddingLength(Packet p) {
        return hasPadding(p) ? p.u8(p.length() - 1) : 0;
    }

    private static int fixedAndCsrcs(Packet p) {
        return FIXED_HEADER_BYTES + 4 * csrcCount(p);
    }
}
