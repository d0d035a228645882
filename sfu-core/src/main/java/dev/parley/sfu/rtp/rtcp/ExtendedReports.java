package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// The two blocks of extended reports that measure a receiver's round trip, [RFC 3611
/// §4.4](https://www.rfc-editor.org/rfc/rfc3611#section-4.4) and §4.5; others are skipped. Stateless.
///
///     |      BT       | type-specific |  block length in words - 1    |
final class ExtendedReports {
    private ExtendedReports() {}

    static boolean read(Packet p, int at, int end, RtcpVisitor visitor) {
        if (end - at < Rtcp.HEADER_BYTES) {
            return false;
        }
        int ssrc = p.i32(at + 4);
        int block = at + Rtcp.HEADER_BYTES;
        while (end - block >= 4) {
            int next = block + 4 * (p.u16(block + 2) + 1);
            if (next > end || !block(p, ssrc, block, next, visitor)) {
                return false;
            }
            block = next;
        }
        return block == end;
    }

    private static boolean block(Packet p, int ssrc, int block, int next, RtcpVisitor visitor) {
        int from = block + 4;
        int length = next - from;
        switch (p.u8(block)) {
            case Rtcp.XR_REFERENCE_TIME -> {
                if (length != 8) {
                    return false;
                }
                visitor.receiverReferenceTime(ssrc, p.u32(from) << 32 | p.u32(from + 4));
            }
            case Rtcp.XR_DELAY -> {
                if (length % 12 != 0) {
                    return false;
                }
                for (int item = from; item < next; item += 12) {
                    visitor.receiverReferenceDelay(ssrc, p.i32(item), p.i32(item + 4), p.i32(item + 8));
                }
            }
            default -> {}
        }
        return true;
    }
}
