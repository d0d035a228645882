package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;

/// H.264 payloads, [RFC 6184 §5.2](https://www.rfc-editor.org/rfc/rfc6184#section-5.2): a single NAL unit,
/// several in a STAP-A, or a fragment of one in an FU-A. Stateless.
///
///     |F|NRI|  Type   |                      NAL header, also that of STAP-A (24) and FU-A (28)
///     |S|E|R|  Type   |                      FU header
public final class H264 {
    static final int IDR = 5;
    static final int SPS = 7;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private static final int TYPE = 0x1f;

    private H264() {}

    /// True when one can begin to decode with this packet: it carries parameter sets, or the begin of an IDR
    /// slice (of a sender who gave the parameter sets in SDP).
    public static boolean startsKeyFrame(Packet p, int from, int length) {
        if (length < 1) {
            return false;
        }
        int type = p.u8(from) & TYPE;
        return switch (type) {
            case STAP_A -> aggregateStarts(p, from + 1, from + length);
            case FU_A -> length > 2 && (p.u8(from + 1) & 0x80) != 0 && starts(p.u8(from + 1) & TYPE);
            default -> starts(type);
        };
    }

    private static boolean starts(int type) {
        return type == SPS || type == IDR;
    }

    /// §5.7.1: 16 bits of size before each unit.
    private static boolean aggregateStarts(Packet p, int from, int end) {
        int at = from;
        while (end - at > 2) {
            int size = p.u16(at);
            if (size == 0 || size > end - at - 2) {
                return false;
            }
            if (starts(p.u8(at + 2) & TYPE)) {
                return true;
            }
            at += 2 + size;
        }
        return false;
    }
}
