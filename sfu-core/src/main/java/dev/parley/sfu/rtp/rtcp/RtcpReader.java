package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;

/// Walks an RTCP datagram and tells a visitor what is in it, [RFC 3550
/// §6.4](https://www.rfc-editor.org/rfc/rfc3550#section-6.4). Compound and reduced-size ([RFC
/// 5506](https://www.rfc-editor.org/rfc/rfc5506)) alike; packets of unknown type are skipped. Stateless; allocates
/// nothing; its work grows with the bytes that came and not with any count that they claim.
public final class RtcpReader {
    private RtcpReader() {}

    /// @return false when the datagram is malformed. Lengths are checked before the visitor is called at all;
    /// when the
    ///     contents of one packet lie, those before it were visited and those after it are not.
    public static boolean read(Packet p, RtcpVisitor visitor) {
        if (!framed(p)) {
            return false;
        }
        int at = 0;
        while (at < p.length()) {
            int end = at + size(p, at);
            int padding = padded(p, at) ? p.u8(end - 1) : 0;
            if (!one(p, at, end - padding, visitor)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /// True when headers and lengths add up to the datagram, and only the last packet is padded (RFC 3550 §6.4.1).
    private static boolean framed(Packet p) {
        int length = p.length();
        int at = 0;
        while (at < length) {
            if (length - at < 4 || p.u8(at) >> 6 != 2 || size(p, at) > length - at) {
                return false;
            }
            int end = at + size(p, at);
            if (padded(p, at) && !paddingFits(p, at, end)) {
                return false;
            }
            at = end;
        }
        return length > 0;
    }

    private static boolean paddingFits(Packet p, int at, int end) {
        int padding = p.u8(end - 1);
        return end == p.length() && padding > 0 && padding <= end - at - 4;
    }

    private static boolean padded(Packet p, int at) {
        return (p.u8(at) & 0x20) != 0;
    }

    private static int size(Packet p, int at) {
        return 4 * (p.u16(at + 2) + 1);
    }

    private static boolean one(Packet p, int at, int end, RtcpVisitor visitor) {
        int count = p.u8(at) & 0x1f;
        return switch (p.u8(at + 1)) {
            case Rtcp.SENDER_REPORT -> senderReport(p, at, end, count, visitor);
            case Rtcp.RECEIVER_REPORT ->
                end - at >= Rtcp.HEADER_BYTES && reportBlocks(p, at, at + Rtcp.HEADER_BYTES, end, count, visitor);
            case Rtcp.BYE -> bye(p, at + 4, end, count, visitor);
            case Rtcp.TRANSPORT_FEEDBACK -> transportFeedback(p, at, end, count, visitor);
            case Rtcp.PAYLOAD_FEEDBACK -> payloadFeedback(p, at, end, count, visitor);
            case Rtcp.EXTENDED_REPORT -> ExtendedReports.read(p, at, end, visitor);
            default -> true;
        };
    }

    private static boolean senderReport(Packet p, int at, int end, int count, RtcpVisitor visitor) {
        int info = at + Rtcp.HEADER_BYTES;
        int blocks = info + Rtcp.SENDER_INFO_BYTES;
        if (blocks > end) {
            return false;
        }
        long ntp = p.u32(info) << 32 | p.u32(info + 4);
        visitor.senderReport(p.i32(at + 4), ntp, p.i32(info + 8), p.u32(info + 12), p.u32(info + 16));
        return reportBlocks(p, at, blocks, end, count, visitor);
    }

    private static boolean reportBlocks(Packet p, int at, int from, int end, int count, RtcpVisitor visitor) {
        if (from + count * Rtcp.REPORT_BLOCK_BYTES > end) {
            return false;
        }
        for (int i = 0, b = from; i < count; i++, b += Rtcp.REPORT_BLOCK_BYTES) {
            int cumulativeLost = p.i32(b + 4) << 8 >> 8;
            visitor.reportBlock(
                    p.i32(at + 4),
                    p.i32(b),
                    p.u8(b + 4),
                    cumulativeLost,
                    p.i32(b + 8),
                    p.i32(b + 12),
                    p.i32(b + 16),
                    p.i32(b + 20));
        }
        return true;
    }

    private static boolean bye(Packet p, int from, int end, int count, RtcpVisitor visitor) {
        if (from + 4 * count > end) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            visitor.bye(p.i32(from + 4 * i));
        }
        return true;
    }

    /// RTPFB, [RFC 4585 §6.2](https://www.rfc-editor.org/rfc/rfc4585#section-6.2).
    private static boolean transportFeedback(Packet p, int at, int end, int format, RtcpVisitor visitor) {
        int from = at + 12;
        if (from > end) {
            return false;
        }
        if (format == Rtcp.FMT_TRANSPORT_WIDE) {
            visitor.transportFeedback(p.i32(at + 8), p, from, end - from);
        } else if (format == Rtcp.FMT_NACK) {
            if (from == end || (end - from) % 4 != 0) {
                return false;
            }
            for (int item = from; item < end; item += 4) {
                visitor.nack(p.i32(at + 4), p.i32(at + 8), p.u16(item), p.u16(item + 2));
            }
        }
        return true;
    }

    /// PSFB, [RFC 4585 §6.3](https://www.rfc-editor.org/rfc/rfc4585#section-6.3).
    private static boolean payloadFeedback(Packet p, int at, int end, int format, RtcpVisitor visitor) {
        int from = at + 12;
        if (from > end) {
            return false;
        }
        return switch (format) {
            case Rtcp.FMT_PLI -> {
                visitor.pli(p.i32(at + 8));
                yield true;
            }
            case Rtcp.FMT_FIR -> fir(p, from, end, visitor);
            case Rtcp.FMT_APPLICATION -> remb(p, from, end, visitor);
            default -> true;
        };
    }

    /// [RFC 5104 §4.3.1](https://www.rfc-editor.org/rfc/rfc5104#section-4.3.1): the media SSRCs are in the items.
    private static boolean fir(Packet p, int from, int end, RtcpVisitor visitor) {
        if (from == end || (end - from) % 8 != 0) {
            return false;
        }
        for (int item = from; item < end; item += 8) {
            visitor.fir(p.i32(item), p.u8(item + 4));
        }
        return true;
    }

    /// draft-alvestrand-rmcat-remb-03 §2.2; any other application-layer feedback is skipped.
    ///
    ///     | 'R' 'E' 'M' 'B' | Num SSRC 8 | BR Exp 6 | BR Mantissa 18 | SSRC ... |
    private static boolean remb(Packet p, int from, int end, RtcpVisitor visitor) {
        if (end - from < 8 || p.i32(from) != Rtcp.REMB_NAME) {
            return true;
        }
        int ssrcs = p.u8(from + 4);
        int exponent = p.u8(from + 5) >> 2;
        long mantissa = p.u24(from + 5) & 0x3_ffff;
        if (from + 8 + 4 * ssrcs > end) {
            return false;
        }
        boolean fits = mantissa == 0 || exponent <= Long.numberOfLeadingZeros(mantissa) - 1;
        visitor.remb(fits ? mantissa << exponent : Long.MAX_VALUE, p, from + 8, ssrcs);
        return true;
    }
}
