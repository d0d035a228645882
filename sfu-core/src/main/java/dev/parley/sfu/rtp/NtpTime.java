package dev.parley.sfu.rtp;

/// Times as RTP and RTCP write them. Stateless; the clock is the caller's.
public final class NtpTime {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    /// Seconds from 1900 to 1970.
    private static final long UNIX_EPOCH = 2_208_988_800L;

    private NtpTime() {}

    /// 32.32 fixed-point seconds since 1900, [RFC 3550 §4](https://www.rfc-editor.org/rfc/rfc3550#section-4).
    public static long ofUnixNs(long unixNs) {
        long seconds = Math.floorDiv(unixNs, NS_PER_SECOND) + UNIX_EPOCH;
        long fraction = (Math.floorMod(unixNs, NS_PER_SECOND) << 32) / NS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    /// Nanoseconds since 1970; good until the seconds wrap in 2036.
    public static long toUnixNs(long ntp) {
        return ((ntp >>> 32) - UNIX_EPOCH) * NS_PER_SECOND + fractionNs(ntp & 0xffff_ffffL, 32);
    }

    /// The middle 32 bits, as report blocks repeat them.
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /// A duration in 16.16 seconds, as DLSR is; longer ones than fit are cut to the largest.
    public static int shortOfNs(long durationNs) {
        long seconds = durationNs / NS_PER_SECOND;
        long units = (seconds << 16) + ((durationNs % NS_PER_SECOND << 16) / NS_PER_SECOND);
        return seconds > 0xffff ? -1 : (int) Math.max(0, units);
    }

    /// Nanoseconds of a 16.16 duration.
    public static long shortToNs(int units) {
        return (units >>> 16) * NS_PER_SECOND + fractionNs(units & 0xffff, 16);
    }

    /// The round trip that a report block shows: now - LSR - DLSR, all in middle NTP bits, [RFC 3550
    /// §6.4.1](https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1). -1 when the block has none or it is not sane.
    public static long roundTripNs(long nowNtp, int lsr, int dlsr) {
        int units = middle(nowNtp) - lsr - dlsr;
        return lsr == 0 || units < 0 ? -1 : shortToNs(units);
    }

    /// 24 bits of 6.18 fixed-point seconds, the absolute-send-time header extension.
    public static int absSendTime(long nowNs) {
        long seconds = Math.floorDiv(nowNs, NS_PER_SECOND);
        long fraction = (Math.floorMod(nowNs, NS_PER_SECOND) << 18) / NS_PER_SECOND;
        return (int) ((seconds << 18) + fraction) & 0xff_ffff;
    }

    /// A time in ticks of an RTP clock, cut to 32 bits as timestamps are.
    public static int rtpTicks(long ns, int clockRate) {
        long seconds = Math.floorDiv(ns, NS_PER_SECOND);
        return (int) (seconds * clockRate + Math.floorMod(ns, NS_PER_SECOND) * clockRate / NS_PER_SECOND);
    }

    private static long fractionNs(long fraction, int bits) {
        return (fraction * NS_PER_SECOND) >>> bits;
    }
}
