package dev.parley.sfu.session;

import dev.parley.sfu.base.Packet;

/// What a datagram is, by its first bytes: [RFC 7983](https://www.rfc-editor.org/rfc/rfc7983#section-7), and RTCP
/// beside
/// RTP by [RFC 5761 §4](https://www.rfc-editor.org/rfc/rfc5761#section-4).
///
///     [0..3] STUN   [20..63] DTLS   [128..191] RTP or RTCP
public final class Demux {
    /// What the first bytes can say.
    public enum Kind {
        STUN,
        DTLS,
        RTP,
        RTCP,
        UNKNOWN
    }

    private static final int HEADER_BYTES_MIN = 8;

    private Demux() {}

    public static Kind of(Packet p) {
        int first = p.length() == 0 ? 255 : p.u8(0);
        if (first <= 3) {
            return Kind.STUN;
        }
        if (first >= 20 && first <= 63) {
            return Kind.DTLS;
        }
        if (first >= 128 && first <= 191 && p.length() >= HEADER_BYTES_MIN) {
            return isRtcp(p.u8(1)) ? Kind.RTCP : Kind.RTP;
        }
        return Kind.UNKNOWN;
    }

    /// RTCP packet types lie where RTP has marker and payload types 64 to 95, which are never negotiated beside it.
    private static boolean isRtcp(int secondByte) {
        return secondByte >= 192 && secondByte <= 223;
    }
}
