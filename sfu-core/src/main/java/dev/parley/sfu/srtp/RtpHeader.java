package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Packet;

/// As much of the RTP header as SRTP must know, [RFC 3550 §5.1](https://www.rfc-editor.org/rfc/rfc3550#section-5.1):
///
///     |V=2|P|X| CC |M| type | sequence | timestamp | SSRC | CSRC × CC | profile | words | extension … |
final class RtpHeader {
    private static final int FIXED_LENGTH = 12;

    private RtpHeader() {}

    static int sequence(Packet p) {
        return p.u16(2);
    }

    static int ssrc(Packet p) {
        return p.i32(8);
    }

    /// Length of the header with its sources and extension, or -1 when it is not RTP or does not fit the packet.
    static int length(Packet p) {
        if (p.length() < FIXED_LENGTH || p.u8(0) >> 6 != 2) {
            return -1;
        }
        int length = FIXED_LENGTH + 4 * (p.u8(0) & 0x0f);
        if ((p.u8(0) & 0x10) != 0) {
            if (p.length() < length + 4) {
                return -1;
            }
            length += 4 + 4 * p.u16(length + 2);
        }
        return length <= p.length() ? length : -1;
    }
}
