package dev.parley.sfu.media;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.rtcp.TransportFeedback;

/// The share of packets that the way to one viewer loses, over the last hundred packets or so. By transport-wide
/// feedback
/// where the viewer sends it, ten times a second and for all that it is sent; else by the report blocks of its receiver
/// reports, which browsers send for sound every five seconds. A viewer that lies is sent more or fewer copies, and
/// nobody
/// else is.
public final class PathLoss implements TransportFeedback.Arrivals {
    /// A message about so many packets counts as much as all that is known.
    private static final double PACKETS_REMEMBERED = 64;

    /// Feedback that did not come for so long does not come any more.
    private static final long FEEDBACK_NS = 5_000_000_000L;

    private static final int FRACTION = 256;

    /// More than a report covers in five seconds at 200 packets a second: a jump in the numbers.
    private static final int REPORTED_MAX = 1000;

    private double share;
    private boolean known;
    private long feedbackNs = Long.MIN_VALUE;
    private int received;
    private int lost;

    /// A transport-wide feedback message whose body is `length` bytes from `at`; a malformed one says nothing.
    public void transportFeedback(Packet p, int at, int length, long nowNs) {
        received = 0;
        lost = 0;
        if (TransportFeedback.read(p, at, length, this)) {
            feedbackNs = nowNs;
            learn(lost, received + lost);
        }
    }

    @Override
    public void received(int seq, long arrivalNs) {
        received++;
    }

    @Override
    public void lost(int firstSeq, int count) {
        lost += count;
    }

    /// A report block about `expected` packets of one stream since the one before.
    ///
    /// @param fractionLost in 1/256
    void reported(int fractionLost, int expected, long nowNs) {
        boolean better = feedbackNs != Long.MIN_VALUE && nowNs - feedbackNs < FEEDBACK_NS;
        if (!better && expected > 0 && expected <= REPORTED_MAX) {
            learn((double) fractionLost * expected / FRACTION, expected);
        }
    }

    private void learn(double lostPackets, int packets) {
        if (packets > 0) {
            double weight = known ? packets / (packets + PACKETS_REMEMBERED) : 1;
            share += (lostPackets / packets - share) * weight;
            known = true;
        }
    }

    /// 0 to 1.
    public double share() {
        return share;
    }
}
