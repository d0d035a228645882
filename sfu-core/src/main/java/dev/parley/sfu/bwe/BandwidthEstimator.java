package dev.parley.sfu.bwe;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;

/// What may be sent to one receiver: the door to this package. Told of every packet that leaves and of every report
/// that
/// comes back, it gives a rate, a budget for the moment (`pacer`) and the padding of probes. One loop's thread; nothing
/// that runs per packet allocates.
///
/// Of a receiver's reports only what speaks of packets that were sent is taken, each packet counts once, and nothing
/// arrives faster than it was sent: whoever lies gets a wrong rate, between the least and 1.5 times what it is sent.
///
///     sent(seq, bytes, kind)          beginReport, received/lost ..., endReport          remb
///       |                               |
///     budget, share used, record ---> delay: groups, trend, queue ---> rate up and down
///                                     loss: likeliest bandwidth     ---> the lowest of all is `targetBps`
///                                     probes' clusters              ---> jump ahead
public final class BandwidthEstimator {
    static final long START_BPS = 300_000;
    static final long MIN_BPS = 30_000;

    private static final long START_PHASE_NS = 2_000_000_000;
    private static final long REMB_LASTS_NS = 10_000_000_000L;
    private static final long CALM_NS = 300_000_000;
    private static final long EMPTY_QUEUE_NS = 5_000_000;
    private static final long SHORT_QUEUE_NS = 25_000_000;
    private static final long DROP_REMEMBERED_NS = 15_000_000_000L;
    private static final double LARGE_DROP = 0.66;
    private static final double WANTS_MORE = 1.02;
    /// Than it was sent, within a second.
    private static final double ARRIVES_FASTER_MAX = 1.25;

    /// So long the queue of a cluster shows in the reports.
    private static final long PROBE_ECHO_NS = 300_000_000;

    private static final double LOSSY = 0.04;
    private static final double LOSS_MAX_TO_PROBE = 0.1;
    private static final double ARRIVED_AS_TRIED = 0.9;
    /// One probe is not believed further than so much beyond what the link carried; jitter deceives it.
    private static final double BEYOND_CAPACITY_MAX = 1.25;

    /// A higher estimate is of no use.
    private static final double OF_WANTED_MAX = 1.5;

    private static final long UNKNOWN = -1;

    private final Counters counters;
    private final SentPackets packets;
    private final SentRate sentRate = new SentRate();
    private final ApplicationLimit applicationLimit = new ApplicationLimit();
    private final ArrivalClock clock = new ArrivalClock();
    private final RateControl control;
    private final DelayControl delay;
    private final LossEstimator loss = new LossEstimator(new LossSettings());
    private final Probes probes;
    private final Silence silence = new Silence();
    private final ProbeResults probeResults = new ProbeResults();
    private final Pacer pacer;
    private final double maxBps;

    private double targetBps = START_BPS;
    private double wantedBps;
    private double capBps = Double.POSITIVE_INFINITY;
    private long rembBps = UNKNOWN;
    private long rembNs;
    private boolean wasLimited;

    private long outageEndNs = Long.MIN_VALUE;
    private double beforeDropBps;
    private long dropNs;

    private boolean everReported;
    private long firstReportNs;
    private long reportNs;
    private long newestSentNs;
    private boolean anythingNew;
    private boolean newestAnswered;
    private double probeBps;
    private long probedNs = Long.MIN_VALUE / 2;
    private long roundTripNs = UNKNOWN;

    public BandwidthEstimator(Limits limits, Counters counters) {
        this.counters = counters;
        maxBps = limits.sendBps();
        packets = new SentPackets(limits.packetsInFlight());
        control = new RateControl(START_BPS, MIN_BPS, maxBps);
        delay = new DelayControl(control);
        probes = new Probes(maxBps);
        pacer = new Pacer(limits);
        loss.limits(MIN_BPS, maxBps);
        loss.set(START_BPS);
        applicationLimit.rate(START_BPS);
    }

    /// What may be sent, media and repair and padding together.
    public long targetBps(long nowNs) {
        return Math.round(ceiling(targetBps, nowNs));
    }

    /// How much would be sent if the estimate allowed everything: as long as it is more than the estimate, probes try
    /// for it.
    public void wanted(long bps) {
        wantedBps = bps;
    }

    /// Not more than this is to be sent, whatever the line would carry; `Long.MAX_VALUE` for no such wish.
    public void cap(long bps, long nowNs) {
        capBps = bps == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : Math.max(bps, MIN_BPS);
        allowed(nowNs);
    }

    /// The first packet will leave: from now on there is a budget.
    public void begin(long nowNs) {
        pacer.rate(targetBps(nowNs), nowNs);
    }

    /// There is something to pad with: the line is tried. Further calls do nothing.
    public void beginProbes(long nowNs) {
        if (!probes.begun()) {
            probes.begin(targetBps, Math.max(wantedBps, START_BPS), nowNs);
        }
    }

    /// The budget of the moment; the estimator tells it the rate and what leaves.
    public Pacer pacer() {
        return pacer;
    }

    /// A packet leaves with this transport-wide number.
    ///
    /// @param bytes of the whole datagram
    public void sent(int seq, int bytes, SentKind kind, long nowNs) {
        int cluster = probes.clusterNow(kind == SentKind.PADDING, nowNs);
        packets.sent(seq, bytes, cluster, nowNs);
        silence.sent(roundTripNs, nowNs);
        if (kind != SentKind.PADDING && cluster != Probes.NO_CLUSTER) {
            probes.sent(bytes);
        }
        account(bytes, kind, nowNs);
    }

    /// A packet leaves whose section has no transport-wide numbers.
    public void sentWithoutNumber(int bytes, SentKind kind, long nowNs) {
        account(bytes, kind, nowNs);
    }

    private void account(int bytes, SentKind kind, long nowNs) {
        sentRate.sent(bytes, nowNs);
        applicationLimit.sent(bytes, nowNs);
        if (kind != SentKind.PADDING) {
            pacer.spent(bytes, nowNs);
        }
    }

    /// How many bytes of padding have to leave now, 0 for none. To be called until it is 0; each call is taken as done.
    public int paddingDue(long nowNs) {
        int before = probes.cluster().id();
        int due = probes.paddingDue(nowNs);
        if (probes.cluster().id() != before) {
            counters.add(SfuCounter.PROBES_SENT);
        }
        return due;
    }

    /// When `paddingDue` or `onTime` next has something to do.
    public long nextTimeNs(long nowNs) {
        return Math.min(silence.dueNs(), probes.nextTimeNs(nowNs));
    }

    /// Reports that stay away: less is sent the longer it lasts.
    public void onTime(long nowNs) {
        if (nowNs < silence.dueNs()) {
            return;
        }
        silence.stepped(nowNs);
        target(Math.max(MIN_BPS, targetBps / 2), nowNs);
    }

    /// A transport-wide report begins; `received` and `lost` follow in the order of its packets, then `endReport`.
    public void beginReport(long nowNs) {
        reportNs = nowNs;
        newestSentNs = Long.MIN_VALUE;
        anythingNew = false;
        newestAnswered = false;
        probeBps = ProbeResults.NONE;
        if (silence.lasts(nowNs)) {
            outageOver(nowNs);
        }
    }

    /// @param seq as on the wire
    /// @param arrivalNs on the receiver's clock, which wraps after 12.4 days
    public void received(int seq, long arrivalNs) {
        int slot = packets.find(seq);
        if (slot == SentPackets.NONE) {
            counters.add(SfuCounter.FEEDBACK_REJECTED);
            return;
        }
        boolean wasLost = packets.wasLost(slot);
        if (!packets.markReceived(slot)) {
            return;
        }
        long sentNs = packets.sentNs(slot);
        int bytes = packets.bytes(slot);
        answered(slot);
        newestSentNs = Math.max(newestSentNs, sentNs);
        if (wasLost) {
            loss.observations().recovered();
        } else {
            loss.observations().add(sentNs, bytes, false);
        }
        long unwrappedNs = clock.unwrap(arrivalNs);
        delay.received(sentNs, unwrappedNs, bytes, reportNs);
        if (packets.cluster(slot) != Probes.NO_CLUSTER) {
            probedNs = reportNs;
            measureProbe(packets.cluster(slot), bytes, sentNs, unwrappedNs);
        }
    }

    /// `count` packets from `firstSeq` on had not arrived.
    public void lost(int firstSeq, int count) {
        int known = Math.min(count, packets.capacity());
        for (int i = 0; i < known; i++) {
            int slot = packets.find(firstSeq + i & 0xffff);
            if (slot == SentPackets.NONE || !packets.markLost(slot)) {
                continue;
            }
            long sentNs = packets.sentNs(slot);
            answered(slot);
            if (sentNs > outageEndNs) {
                loss.observations().add(sentNs, packets.bytes(slot), true);
            }
        }
    }

    /// All of the report was told: the estimate is made anew.
    public void endReport() {
        if (!anythingNew) {
            return;
        }
        long nowNs = reportNs;
        if (!everReported) {
            everReported = true;
            firstReportNs = nowNs;
        }
        answeredReport(nowNs);
        noticeApplicationLimit();
        delay.reported(
                ARRIVES_FASTER_MAX * sentRate.peakBps(nowNs), loss() > LOSSY, nowNs - probedNs < PROBE_ECHO_NS, nowNs);
        if (delay.use() == NetworkUse.OVERUSED) {
            probes.overused();
        } else if (probeBps >= 0) {
            applyProbe(nowNs);
        }
        target(combined(nowNs), nowNs);
        if (wantsMore() && isCalm(nowNs) && probes.mayTry(nowNs)) {
            probes.attempt(targetBps, recentDropFrom(nowNs), wantedBps, nowNs);
        }
    }

    /// A receiver's own estimate, for all that it is sent: a ceiling, or all there is where no reports come.
    public void remb(long bps, long nowNs) {
        rembBps = Math.max(bps, MIN_BPS);
        rembNs = nowNs;
        if (!everReported) {
            target(Math.min(rembBps, maxBps), nowNs);
        } else {
            allowed(nowNs);
        }
    }

    /// From the last reports, with the time that the receiver waits until it reports; negative while unknown.
    public long roundTripNs() {
        return roundTripNs;
    }

    /// How long packets wait before the bottleneck.
    public long queueDelayNs() {
        return delay.queueNs();
    }

    /// Share of packets lost lately.
    public double loss() {
        return loss.observations().averageLoss();
    }

    /// Whether much less is sent than the estimate allows.
    public boolean applicationLimited() {
        return applicationLimit.limited();
    }

    /// How long the estimate takes to make up for its last drop by itself: what is paused needs not be tried before.
    public long recoveryNs() {
        return control.recoveryNs();
    }

    private double combined(long nowNs) {
        double acknowledged = delay.acknowledged().bps();
        if (acknowledged >= 0) {
            loss.acknowledged(acknowledged);
        }
        if (nowNs - firstReportNs < START_PHASE_NS && loss() == 0) {
            loss.set(Math.max(targetBps, control.rateBps()));
        }
        loss.queueEmpty(delay.queueNs() < EMPTY_QUEUE_NS);
        loss.update(control.rateBps(), delay.use(), probeBps, Double.POSITIVE_INFINITY);
        return Math.clamp(loss.bps(), MIN_BPS, maxBps);
    }

    private void target(double bps, long nowNs) {
        if (bps < LARGE_DROP * targetBps) {
            beforeDropBps = targetBps;
            dropNs = nowNs;
        }
        targetBps = bps;
        allowed(nowNs);
    }

    private void allowed(long nowNs) {
        long allowedBps = targetBps(nowNs);
        applicationLimit.rate(allowedBps);
        pacer.rate(allowedBps, nowNs);
    }

    private double ceiling(double bps, long nowNs) {
        double useful = wantedBps > 0 ? Math.max(OF_WANTED_MAX * wantedBps, START_BPS) : bps;
        double claimed = rembBps != UNKNOWN && nowNs - rembNs < REMB_LASTS_NS ? rembBps : bps;
        return Math.min(Math.min(bps, capBps), Math.min(useful, claimed));
    }

    private void noticeApplicationLimit() {
        boolean limited = applicationLimit.limited();
        if (wasLimited && !limited) {
            delay.acknowledged().expectChange();
        }
        wasLimited = limited;
        control.applicationLimited(limited);
    }

    private void measureProbe(int id, int bytes, long sentNs, long arrivalNs) {
        ProbeCluster cluster = probes.cluster();
        if (id != cluster.id()) {
            return; // a further one has begun
        }
        double measured =
                probeResults.received(id, cluster.packetsPlanned(), cluster.bytesPlanned(), bytes, sentNs, arrivalNs);
        if (measured >= 0) {
            probeBps = measured;
        }
    }

    /// More than the estimate is believed, fully where the cluster arrived as fast as it was meant to leave; less is
    /// left to the delays and losses. Where flows compete a cluster gets more than its share.
    private void applyProbe(long nowNs) {
        double before = control.rateBps();
        double triedBps = probes.cluster().bps();
        boolean room = !probeResults.saturated() || probeResults.arrivedBps() >= ARRIVED_AS_TRIED * triedBps;
        double measured = room ? Math.min(probeBps, triedBps) : (before + probeBps) / 2;
        if (control.capacity().known()) {
            measured =
                    Math.min(measured, BEYOND_CAPACITY_MAX * control.capacity().estimateBps());
        }
        control.hasRoom(room);
        if (!room) {
            control.capacity().onProbe(probeResults.arrivedBps());
        } else if (control.capacity().isExceededBy(measured)) {
            control.capacity().forget();
        }
        if (measured > before) {
            control.set(measured, nowNs);
        }
        if (room && measured > loss.bps()) {
            loss.set(measured); // what is lost is not lost because too much is sent
        }
        probes.result(measured, room, wantedBps, nowNs);
    }

    private boolean wantsMore() {
        return wantedBps > WANTS_MORE * targetBps;
    }

    private boolean isCalm(long nowNs) {
        return delay.calmForNs(nowNs) >= CALM_NS && delay.queueNs() < SHORT_QUEUE_NS && loss() < LOSS_MAX_TO_PROBE;
    }

    private double recentDropFrom(long nowNs) {
        return nowNs - dropNs < DROP_REMEMBERED_NS ? beforeDropBps : 0;
    }

    private void answered(int slot) {
        anythingNew = true;
        newestAnswered |= packets.isNewest(slot);
    }

    private void answeredReport(long nowNs) {
        silence.answered(newestAnswered, roundTripNs, nowNs);
        if (newestSentNs != Long.MIN_VALUE) {
            long sampleNs = nowNs - newestSentNs;
            roundTripNs = roundTripNs < 0 ? sampleNs : (7 * roundTripNs + sampleNs) / 8;
            control.roundTrip(roundTripNs);
        }
    }

    /// Nothing came for long: what was lost meanwhile says nothing of the bandwidth, and the way may be another.
    private void outageOver(long nowNs) {
        outageEndNs = nowNs;
        delay.reset();
        control.set(control.rateBps() / 2, nowNs);
    }
}
