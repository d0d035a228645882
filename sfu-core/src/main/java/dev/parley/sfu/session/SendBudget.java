package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.bwe.BandwidthEstimator;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.bwe.SentRate;
import dev.parley.sfu.rtp.rtcp.TransportFeedback;
import java.util.function.BooleanSupplier;

/// How much one client may be sent, from what left for it and what it reports: transport-wide, else by REMB. Where it
/// reports in neither way nothing is known and everything may leave; so it may while nobody chooses what is sent by
/// this
/// budget. On the session's loop; nothing that runs per packet allocates.
final class SendBudget implements TransportFeedback.Arrivals {
    /// As the number of a packet whose section has no transport-wide numbers.
    static final int NO_NUMBER = -1;

    /// The rest is for bursts, and empties what waits.
    private static final double FOR_MEDIA = 0.95;

    /// What repairs took lately is kept for repairs, up to this share.
    private static final double FOR_REPAIR_MAX = 0.2;

    private final BandwidthEstimator estimator;
    private final SentRate voices = new SentRate();
    private final SentRate repairs = new SentRate();
    private final BooleanSupplier canPad;
    private final EstimateLevel level;
    private boolean transportWide;
    private boolean remb;
    /// The client has reported, or will.
    private boolean reporting;

    private boolean known;
    private boolean mayProbe;
    /// Somebody spends by it: what is over the budget waits.
    private boolean spent;

    private long wantedBps;
    private long capBps = Long.MAX_VALUE;
    private boolean closed;

    /// @param canPad whether there is a stream that padding can be sent in
    SendBudget(Limits limits, Counters counters, BooleanSupplier canPad) {
        this.estimator = new BandwidthEstimator(limits, counters);
        this.canPad = canPad;
        this.level = new EstimateLevel(counters);
        this.wantedBps = limits.sendBps();
    }

    /// How the client's offer lets it report.
    ///
    /// @param rtx whether any section has retransmissions, which padding needs
    void reportsBy(boolean byTransportWide, boolean byRemb, boolean rtx, long nowNs) {
        transportWide = byTransportWide;
        remb = byRemb && !byTransportWide;
        mayProbe = byTransportWide && rtx;
        if (transportWide) {
            reporting(nowNs);
        } else if (!remb) {
            reporting = false;
            known = capBps != Long.MAX_VALUE;
        }
    }

    private void reporting(long nowNs) {
        reporting = true;
        begin(nowNs);
    }

    private void begin(long nowNs) {
        if (!known) {
            known = true;
            tellWanted();
            estimator.begin(nowNs);
        }
    }

    /// Whether so many bytes may leave now.
    boolean allows(int bytes, long nowNs) {
        return !holds() || estimator.pacer().allows(bytes, nowNs);
    }

    /// When so many bytes may leave: now or later.
    long allowedAtNs(int bytes, long nowNs) {
        return holds() ? estimator.pacer().allowedAtNs(bytes, nowNs) : nowNs;
    }

    private boolean holds() {
        return known && spent;
    }

    /// A datagram leaves.
    ///
    /// @param number its transport-wide one, or `NO_NUMBER`
    /// @return whether `nextTimeNs` may have come nearer
    boolean sent(int number, int bytes, SentKind kind, long nowNs) {
        if (!known) {
            return false;
        }
        if (kind == SentKind.AUDIO) {
            voices.sent(bytes, nowNs);
        } else if (kind == SentKind.RTX) {
            repairs.sent(bytes, nowNs);
        }
        if (number == NO_NUMBER || !transportWide) {
            estimator.sentWithoutNumber(bytes, kind, nowNs);
            return false;
        }
        boolean idle = estimator.nextTimeNs(nowNs) == Deadlines.NEVER;
        estimator.sent(number, bytes, kind, nowNs);
        return idle;
    }

    /// Transport-wide feedback; a report that cannot be read changes nothing.
    ///
    /// @return false when it is malformed
    boolean feedback(Packet packet, int at, int length, long nowNs) {
        if (!transportWide) {
            return true;
        }
        estimator.beginReport(nowNs);
        boolean read = TransportFeedback.read(packet, at, length, this);
        if (read) {
            estimator.endReport();
            beginProbes(nowNs);
            level.is(estimator.targetBps(nowNs));
        }
        return read;
    }

    private void beginProbes(long nowNs) {
        if (mayProbe && spent && canPad.getAsBoolean()) {
            mayProbe = false;
            estimator.beginProbes(nowNs);
        }
    }

    @Override
    public void received(int seq, long arrivalNs) {
        estimator.received(seq, arrivalNs);
    }

    @Override
    public void lost(int firstSeq, int count) {
        estimator.lost(firstSeq, count);
    }

    /// The client's own estimate.
    void remb(long bps, long nowNs) {
        if (!remb) {
            return;
        }
        estimator.remb(bps, nowNs);
        reporting(nowNs);
        level.is(estimator.targetBps(nowNs));
    }

    /// What may be sent in all, `Long.MAX_VALUE` where nothing is known.
    long estimateBps(long nowNs) {
        return known ? estimator.targetBps(nowNs) : Long.MAX_VALUE;
    }

    /// What pictures may use now: the estimate less what voices need, what repairs take, and some room for bursts.
    /// `Long.MAX_VALUE` where nothing is known.
    long mediaBps(long nowNs) {
        if (!known) {
            return Long.MAX_VALUE;
        }
        double all = estimator.targetBps(nowNs);
        double repair = Math.min(repairs.meanBps(nowNs), FOR_REPAIR_MAX * all);
        return Math.max(0, Math.round(FOR_MEDIA * all - voices.peakBps(nowNs) - repair));
    }

    /// What pictures may use by the client's own wish, whatever its line carries; `Long.MAX_VALUE` without one.
    long mediaUnderCapBps(long nowNs) {
        return capBps == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(0, Math.round(FOR_MEDIA * capBps - voices.peakBps(nowNs)));
    }

    /// What would be sent if everything that is asked for were sent: the line is tried as long as this is more than the
    /// estimate.
    void wanted(long bps) {
        wantedBps = bps;
        spent = true;
        tellWanted();
    }

    /// The client wants no more than this in all; `Long.MAX_VALUE` for no such wish.
    void cap(long bps, long nowNs) {
        capBps = bps;
        estimator.cap(bps, nowNs);
        tellWanted();
        if (!reporting) {
            capAlone(nowNs);
        }
    }

    /// It is all that is known.
    private void capAlone(long nowNs) {
        known = false;
        if (capBps != Long.MAX_VALUE) {
            estimator.remb(capBps, nowNs);
            begin(nowNs);
        }
    }

    private void tellWanted() {
        estimator.wanted(Math.min(wantedBps, capBps));
    }

    /// How many bytes of padding have to leave now, 0 for none. To be called until it is 0; each call is taken as done.
    int paddingDue(long nowNs) {
        return estimator.paddingDue(nowNs);
    }

    void onTime(long nowNs) {
        estimator.onTime(nowNs);
    }

    long nextTimeNs(long nowNs) {
        return transportWide && !closed ? estimator.nextTimeNs(nowNs) : Deadlines.NEVER;
    }

    void close() {
        closed = true;
        level.gone();
    }
}
