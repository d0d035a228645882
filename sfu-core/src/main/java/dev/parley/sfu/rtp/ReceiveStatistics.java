package dev.parley.sfu.rtp;

/// What a receiver reports about one SSRC, [RFC 3550 §6.4.1](https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1)
/// with appendices A.3 (loss) and A.8 (jitter). Of A.1 only the extended highest number is left: SRTP has
/// authenticated the numbers, so there is no probation. One thread at a time; allocates nothing.
public final class ReceiveStatistics {
    private static final int CUMULATIVE_MAX = 0x7f_ffff;
    private static final int CUMULATIVE_MIN = -0x80_0000;
    private static final int DEFAULT_CLOCK_RATE = 90_000;

    private int clockRate = DEFAULT_CLOCK_RATE;
    private long first = -1;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private boolean transitKnown;
    private int transit;
    /// Scaled by 16, as in A.8.
    private long jitter16;
    private int lastReport;
    private long lastReportNs;

    /// To be set before the first packet, and when the source changes its codec: jitter is counted in this clock's
    /// ticks.
    public void clockRate(int clockRate) {
        if (this.clockRate != clockRate) {
            this.clockRate = clockRate;
            transitKnown = false;
            jitter16 = 0;
        }
    }

    /// Counts one packet that came for the first time.
    ///
    /// @param seqIndex unwrapped; the first one decides where the wire's cycles begin
    public void received(long seqIndex, int rtpTimestamp, long arrivalNs) {
        received++;
        if (first < 0) {
            first = seqIndex;
            highest = seqIndex;
        }
        first = Math.min(first, seqIndex);
        highest = Math.max(highest, seqIndex);
        int now = NtpTime.rtpTicks(arrivalNs, clockRate) - rtpTimestamp;
        if (transitKnown) {
            jitter16 += Math.abs((long) now - transit) - ((jitter16 + 8) >> 4);
        }
        transit = now;
        transitKnown = true;
    }

    /// Remembers the publisher's sender report for LSR and DLSR.
    public void senderReport(long ntp, long nowNs) {
        lastReport = NtpTime.middle(ntp);
        lastReportNs = nowNs;
    }

    /// Nothing to report before the first packet.
    public boolean started() {
        return first >= 0;
    }

    public long receivedPackets() {
        return received;
    }

    /// Packets that never came; negative when more came than were numbered.
    public long lostPackets() {
        return started() ? highest - first + 1 - received : 0;
    }

    /// `lostPackets` within the 24 bits that a report block has.
    public int cumulativeLost() {
        return Math.clamp(lostPackets(), CUMULATIVE_MIN, CUMULATIVE_MAX);
    }

    /// The highest number with the wire's cycles in the upper half.
    public int extendedHighest() {
        return (int) highest;
    }

    /// Interarrival jitter in ticks of the RTP clock.
    public int jitter() {
        return (int) Math.min(jitter16 >> 4, Integer.MAX_VALUE);
    }

    /// In 1/256 of what was expected since `reported`, A.3.
    public int fractionLost() {
        long expected = started() ? highest - first + 1 - expectedBefore : 0;
        long lost = expected - (received - receivedBefore);
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }

    /// Middle NTP bits of the last sender report, 0 before the first.
    public int lastSenderReport() {
        return lastReport;
    }

    /// How long ago that report came, in 1/65536 s.
    public int delaySinceLastSenderReport(long nowNs) {
        return lastReport == 0 ? 0 : NtpTime.shortOfNs(nowNs - lastReportNs);
    }

    /// A report block was written: the next interval begins.
    public void reported() {
        expectedBefore = started() ? highest - first + 1 : 0;
        receivedBefore = received;
    }
}
