package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.ReceiveStatistics;

/// Puts RTCP packets one behind the other into a datagram. A packet is written as a whole or not at all: when it
/// would pass the given size the method returns false and what was written before stays. One thread at a time;
/// made once, used for many datagrams; allocates nothing.
public final class RtcpWriter {
    private Packet target;
    private int limit;
    private int at;
    /// Where the report that takes report blocks begins, -1 when the last packet was none.
    private int report = -1;

    public RtcpWriter(Packet target, int bytesMax) {
        this.target = target;
        begin(target, bytesMax);
    }

    /// Starts a datagram of at most `bytesMax` bytes, from index 0 of `target`.
    public void begin(Packet target, int bytesMax) {
        this.target = target;
        limit = Math.min(bytesMax, target.capacity());
        at = 0;
        report = -1;
        target.length(0);
    }

    /// What was written so far; also the length of the packet.
    public int length() {
        return at;
    }

    /// [RFC 3550 §6.4.1](https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1). Counts are cut to 32 bits.
    public boolean senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        int from = open(Rtcp.SENDER_REPORT, 0, Rtcp.HEADER_BYTES + Rtcp.SENDER_INFO_BYTES);
        if (from < 0) {
            return false;
        }
        target.i32(from + 4, ssrc);
        target.i32(from + 8, (int) (ntp >>> 32));
        target.i32(from + 12, (int) ntp);
        target.i32(from + 16, rtpTimestamp);
        target.i32(from + 20, (int) packets);
        target.i32(from + 24, (int) octets);
        report = from;
        return true;
    }

    public boolean receiverReport(int ssrc) {
        int from = open(Rtcp.RECEIVER_REPORT, 0, Rtcp.HEADER_BYTES);
        if (from < 0) {
            return false;
        }
        target.i32(from + 4, ssrc);
        report = from;
        return true;
    }

    /// Adds a block to the sender or receiver report written last; false also when that one has 31 already, or
    /// something else was written since.
    public boolean reportBlock(
            int mediaSsrc, int fractionLost, int cumulativeLost, int highestSeq, int jitter, int lsr, int dlsr) {
        if (report < 0 || at + Rtcp.REPORT_BLOCK_BYTES > limit || (target.u8(report) & 0x1f) == Rtcp.COUNT_MAX) {
            return false;
        }
        target.i32(at, mediaSsrc);
        target.i32(at + 4, fractionLost << 24 | (cumulativeLost & 0xff_ffff));
        target.i32(at + 8, highestSeq);
        target.i32(at + 12, jitter);
        target.i32(at + 16, lsr);
        target.i32(at + 20, dlsr);
        target.u8(report, target.u8(report) + 1);
        target.u16(report + 2, target.u16(report + 2) + Rtcp.REPORT_BLOCK_BYTES / 4);
        close(at + Rtcp.REPORT_BLOCK_BYTES);
        return true;
    }

    /// The block of a source that we receive; its next interval begins when the block was written. False as
    /// above, and before its first packet.
    public boolean reportBlock(int mediaSsrc, ReceiveStatistics of, long nowNs) {
        boolean written = of.started()
                && reportBlock(
                        mediaSsrc,
                        of.fractionLost(),
                        of.cumulativeLost(),
                        of.extendedHighest(),
                        of.jitter(),
                        of.lastSenderReport(),
                        of.delaySinceLastSenderReport(nowNs));
        if (written) {
            of.reported();
        }
        return written;
    }

    /// SDES with one CNAME (at most 255 bytes), [RFC 3550
    /// §6.5.1](https://www.rfc-editor.org/rfc/rfc3550#section-6.5.1). The chunk ends with at least one zero.
    public boolean cname(int ssrc, byte[] cname) {
        int from = cname.length > 255
                ? -1
                : open(Rtcp.SOURCE_DESCRIPTION, 1, Rtcp.HEADER_BYTES + (2 + cname.length + 1 + 3 & ~3));
        if (from < 0) {
            return false;
        }
        target.i32(from + 4, ssrc);
        target.u8(from + 8, 1);
        target.u8(from + 9, cname.length);
        System.arraycopy(cname, 0, target.array(), from + 10, cname.length);
        for (int i = from + 10 + cname.length; i < at; i++) {
            target.u8(i, 0);
        }
        return true;
    }

    /// Generic NACK for `count` sequence numbers in ascending order (with wrap), packed into as few items as
    /// possible, [RFC 4585 §6.2.1](https://www.rfc-editor.org/rfc/rfc4585#section-6.2.1).
    public boolean nack(int senderSsrc, int mediaSsrc, int[] seqs, int count) {
        if (count == 0) {
            return true;
        }
        int from = feedback(Rtcp.TRANSPORT_FEEDBACK, Rtcp.FMT_NACK, senderSsrc, mediaSsrc, 4 * nackItems(seqs, count));
        if (from < 0) {
            return false;
        }
        int item = from + 12 - 4;
        int pid = -1;
        for (int i = 0; i < count; i++) {
            int ahead = seqs[i] - pid & 0xffff;
            if (pid < 0 || ahead > 16) {
                item += 4;
                pid = seqs[i];
                target.u16(item, pid);
                target.u16(item + 2, 0);
            } else if (ahead > 0) {
                target.u16(item + 2, target.u16(item + 2) | 1 << (ahead - 1));
            }
        }
        return true;
    }

    private static int nackItems(int[] seqs, int count) {
        int items = 0;
        int pid = -1;
        for (int i = 0; i < count; i++) {
            if (pid < 0 || (seqs[i] - pid & 0xffff) > 16) {
                items++;
                pid = seqs[i];
            }
        }
        return items;
    }

    public boolean pli(int senderSsrc, int mediaSsrc) {
        return feedback(Rtcp.PAYLOAD_FEEDBACK, Rtcp.FMT_PLI, senderSsrc, mediaSsrc, 0) >= 0;
    }

    /// [RFC 5104 §4.3.1](https://www.rfc-editor.org/rfc/rfc5104#section-4.3.1); `seqNr` grows by one a request and
    /// stays
    /// for its repetitions.
    public boolean fir(int senderSsrc, int mediaSsrc, int seqNr) {
        int from = feedback(Rtcp.PAYLOAD_FEEDBACK, Rtcp.FMT_FIR, senderSsrc, 0, 8);
        if (from < 0) {
            return false;
        }
        target.i32(from + 12, mediaSsrc);
        target.i32(from + 16, seqNr << 24);
        return true;
    }

    /// draft-alvestrand-rmcat-remb-03 §2.2, for at most 255 SSRCs. The bitrate loses what 18 bits do not hold.
    public boolean remb(int senderSsrc, long bitrateBps, int[] ssrcs, int count) {
        int from =
                count > 255 ? -1 : feedback(Rtcp.PAYLOAD_FEEDBACK, Rtcp.FMT_APPLICATION, senderSsrc, 0, 8 + 4 * count);
        if (from < 0) {
            return false;
        }
        int exponent = Math.max(0, 46 - Long.numberOfLeadingZeros(bitrateBps));
        int mantissa = (int) (bitrateBps >>> exponent);
        target.i32(from + 12, Rtcp.REMB_NAME);
        target.i32(from + 16, count << 24 | exponent << 18 | mantissa);
        for (int i = 0; i < count; i++) {
            target.i32(from + 20 + 4 * i, ssrcs[i]);
        }
        return true;
    }

    public boolean bye(int ssrc) {
        int from = open(Rtcp.BYE, 1, Rtcp.HEADER_BYTES);
        if (from < 0) {
            return false;
        }
        target.i32(from + 4, ssrc);
        return true;
    }

    /// Room for a feedback packet with `bytes` behind its two SSRCs.
    ///
    /// @return index of its header, -1 when it does not fit
    private int feedback(int type, int format, int senderSsrc, int mediaSsrc, int bytes) {
        int from = open(type, format, 12 + bytes);
        if (from >= 0) {
            target.i32(from + 4, senderSsrc);
            target.i32(from + 8, mediaSsrc);
        }
        return from;
    }

    /// As `feedback` of transport-wide congestion control, whose body is `bytes` long, a multiple of four.
    int transportFeedback(int senderSsrc, int mediaSsrc, int bytes) {
        return feedback(Rtcp.TRANSPORT_FEEDBACK, Rtcp.FMT_TRANSPORT_WIDE, senderSsrc, mediaSsrc, bytes);
    }

    /// The packet that is written into.
    public Packet target() {
        return target;
    }

    int room() {
        return limit - at;
    }

    private int open(int type, int count, int bytes) {
        if (at + bytes > limit) {
            return -1;
        }
        int from = at;
        target.u8(from, 0x80 | count);
        target.u8(from + 1, type);
        target.u16(from + 2, bytes / 4 - 1);
        report = -1;
        close(from + bytes);
        return from;
    }

    private void close(int end) {
        at = end;
        target.length(end);
    }
}
