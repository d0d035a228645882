package dev.parley.sfu.rtp.rtcp;

import dev.parley.sfu.rtp.NtpTime;

/// What a receiver reports about one SSRC, [RFC 3550
/// §6.4.1](https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1) with appendices A.3 (loss) and A.8 (jitter). Of
/// A.1 only the extended highest number is left: SRTP has authenticated the numbers, so there is no probation.
/// One thread at a time; allocates nothing.
public final class ReceiveStatistics {
    private static final int CUMULATIVE_MAX = 0x7f_ffff;
    private static final int CUMULATIVE_MIN = -0x80_0000;

    private final int clockRate;
    private long first = -1;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int transit;
    /// Scaled by 16, as in A.8.
    private long jitter16;
    private int lastReport;
    private long lastReportNs;

    public ReceiveStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /// Counts one packet that came for the first time.
    ///
    /// @param seqIndex unwrapped; the first one decides where the wire's cycles begin
    public void received(long seqIndex, int rtpTimestamp, long arrivalNs) {
        received++;
        int now = NtpTime.rtpTicks(arrivalNs, clockRate) - rtpTimestamp;
        if (first < 0) {
            first = seqIndex;
            highest = seqIndex;
            transit = now;
            return;
        }
        first = Math.min(first, seqIndex);
        highest = Math.max(highest, seqIndex);
        int difference = now - transit;
        transit = now;
        jitter16 += Math.abs((long) difference) - ((jitter16 + 8) >> 4);
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
    public long cumulativeLost() {
        return started() ? highest - first + 1 - received : 0;
    }

    /// Interarrival jitter in ticks of the RTP clock.
    public int jitter() {
        return (int) Math.min(jitter16 >> 4, Integer.MAX_VALUE);
    }

    /// Writes this source's report block and begins the next interval; false when nothing was written because
    /// there is no room or no packet yet.
    public boolean writeBlock(RtcpWriter writer, int mediaSsrc, long nowNs) {
        if (!started()) {
            return false;
        }
        long lost = Math.clamp(cumulativeLost(), CUMULATIVE_MIN, CUMULATIVE_MAX);
        int delay = lastReport == 0 ? 0 : NtpTime.shortOfNs(nowNs - lastReportNs);
        boolean written =
                writer.reportBlock(mediaSsrc, fractionLost(), (int) lost, (int) highest, jitter(), lastReport, delay);
        if (written) {
            expectedBefore = highest - first + 1;
            receivedBefore = received;
        }
        return written;
    }

    /// In 1/256 of what was expected since the last report, A.3.
    private int fractionLost() {
        long expected = highest - first + 1 - expectedBefore;
        long lost = expected - (received - receivedBefore);
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }
}
