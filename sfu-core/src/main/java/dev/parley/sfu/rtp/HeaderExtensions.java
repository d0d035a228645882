package dev.parley.sfu.rtp;

import dev.parley.sfu.base.Packet;
import java.nio.charset.StandardCharsets;

/// Where the header extensions of one packet are, [RFC 8285
/// §4](https://www.rfc-editor.org/rfc/rfc8285#section-4). Made once and filled anew for each packet without
/// allocating; one thread at a time.
///
///     one-byte form, profile 0xBEDE        two-byte form, profile 0x100X
///     | ID 4 | L-1 4 | data ... |          |    ID 8   |   L 8   | data ... |
///
/// Only types that were negotiated are kept; of a type that comes twice the first counts.
public final class HeaderExtensions {
    static final int ONE_BYTE_PROFILE = 0xbede;
    static final int TWO_BYTE_PROFILE = 0x1000;
    /// The low four bits of the two-byte profile are the application's.
    static final int TWO_BYTE_PROFILE_MASK = 0xfff0;

    private static final int STOP = 15;

    private final short[] offsets = new short[ExtensionType.ALL.length];
    private final short[] lengths = new short[ExtensionType.ALL.length];
    private int bits;

    /// Reads the extensions of a `valid` packet.
    ///
    /// @return false when an element reaches beyond the block: the packet is malformed
    public boolean parse(Packet p, ExtensionIds ids) {
        bits = 0;
        if (!Rtp.hasExtension(p)) {
            return true;
        }
        int block = Rtp.extensionOffset(p);
        int profile = p.u16(block);
        int from = block + 4;
        int end = from + 4 * p.u16(block + 2);
        if (profile == ONE_BYTE_PROFILE) {
            return oneByteForm(p, ids, from, end);
        }
        return (profile & TWO_BYTE_PROFILE_MASK) != TWO_BYTE_PROFILE || twoByteForm(p, ids, from, end);
    }

    private boolean oneByteForm(Packet p, ExtensionIds ids, int from, int end) {
        int at = from;
        while (at < end) {
            int head = p.u8(at++);
            int id = head >> 4;
            if (head == 0) {
                continue; // padding
            }
            if (id == 0 || id == STOP) {
                return true; // §4.2: what came before counts, the rest does not
            }
            int length = (head & 0x0f) + 1;
            if (length > end - at) {
                return false;
            }
            put(ids.ordinal(id), at, length);
            at += length;
        }
        return true;
    }

    private boolean twoByteForm(Packet p, ExtensionIds ids, int from, int end) {
        int at = from;
        while (at < end) {
            int id = p.u8(at++);
            if (id == 0) {
                continue; // padding
            }
            if (at == end || p.u8(at) > end - at - 1) {
                return false;
            }
            int length = p.u8(at++);
            put(ids.ordinal(id), at, length);
            at += length;
        }
        return true;
    }

    private void put(int ordinal, int at, int length) {
        if (ordinal >= 0 && (bits & 1 << ordinal) == 0) {
            bits |= 1 << ordinal;
            offsets[ordinal] = (short) at;
            lengths[ordinal] = (short) length;
        }
    }

    /// Forgets what was read: as of a packet without extensions.
    public void clear() {
        bits = 0;
    }

    public boolean has(ExtensionType type) {
        return (bits & type.bit()) != 0;
    }

    /// True when the value is there and at least so long: its fixed fields may be read.
    public boolean has(ExtensionType type, int bytes) {
        return has(type) && lengths[type.ordinal()] >= bytes;
    }

    /// Index of the value's first byte in the packet, -1 when absent.
    public int offset(ExtensionType type) {
        return has(type) ? offsets[type.ordinal()] : -1;
    }

    /// 0 when absent (or empty).
    public int length(ExtensionType type) {
        return has(type) ? lengths[type.ordinal()] : 0;
    }

    /// The value as text (MID, RID), empty when absent. Allocates: for the packets that bind a stream.
    public String text(ExtensionType type, Packet p) {
        return has(type) ? new String(p.array(), offset(type), length(type), StandardCharsets.US_ASCII) : "";
    }

    int bits() {
        return bits;
    }

    int offset(int ordinal) {
        return offsets[ordinal];
    }

    int length(int ordinal) {
        return lengths[ordinal];
    }
}
