package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Bytes;

/// What can be read of an encrypted RTP datagram. Stateless.
public final class Wire {
    private Wire() {}

    /// RFC 7983 and RFC 5761: RTP but not RTCP.
    public static boolean isRtp(byte[] datagram) {
        int type = datagram.length < 12 ? 0 : datagram[1] & 0x7f;
        return datagram.length >= 12 && (datagram[0] & 0xc0) == 0x80 && (type < 64 || type > 95);
    }

    public static int sequence(byte[] datagram) {
        return Bytes.u16(datagram, 2);
    }

    public static int ssrc(byte[] datagram) {
        return Bytes.i32(datagram, 8);
    }
}
