package dev.parley.netsim;

import java.util.SplittableRandom;

/// One direction of a bad network, without sockets or a clock: a packet and the time go in, and at once out come the
/// times at which it arrives: none, one or two. What happens depends on the configuration, the seed and the packets
/// before. One thread; time never goes back.
///
/// @param <P> whatever stands for a packet; the link never looks into it
public final class Link<P> {
    /// Where the packets of a link end.
    public interface Outcome<P> {
        /// The packet arrives at `atNs`, which is now or later. Called a second time for a duplicate.
        void arrives(P packet, long atNs);

        /// The packet never arrives.
        void dropped(P packet, DropCause cause);
    }

    private final SplittableRandom random;
    private final GilbertElliott losses;
    private final Disruptions disruptions;
    private final long[] dropped = new long[DropCause.values().length];
    private LinkConfig config;
    private long bottleneckFreeNs = Long.MIN_VALUE;
    private long lastArrivalNs = Long.MIN_VALUE;
    private long sent;
    private long duplicated;
    private long reordered;

    /// A direction with disruptions of its own.
    public Link(LinkConfig config, long seed, long nowNs) {
        this(config, seed, new Disruptions(~seed), nowNs);
    }

    /// @param disruptions may be shared by both directions of a path; the configuration given last holds for both
    public Link(LinkConfig config, long seed, Disruptions disruptions, long nowNs) {
        this.random = new SplittableRandom(seed);
        this.losses = new GilbertElliott(random.split());
        this.disruptions = disruptions;
        this.config = config;
        configure(config, nowNs);
    }

    /// Holds for packets sent from now on; those under way arrive as they would have.
    public void configure(LinkConfig newConfig, long nowNs) {
        config = newConfig;
        losses.configure(newConfig.loss(), newConfig.lossBurst());
        disruptions.configure(newConfig, nowNs);
    }

    public LinkConfig config() {
        return config;
    }

    public Disruptions disruptions() {
        return disruptions;
    }

    public void send(P packet, int sizeBytes, long nowNs, Outcome<? super P> outcome) {
        sent++;
        if (sizeBytes > config.datagramBytesMax()) {
            drop(packet, DropCause.TOO_LONG, outcome);
        } else if (disruptions.dark(nowNs)) {
            drop(packet, DropCause.BLACKOUT, outcome);
        } else if (!passBottleneck(sizeBytes, nowNs)) {
            drop(packet, DropCause.QUEUE_FULL, outcome);
        } else if (losses.loses()) {
            drop(packet, DropCause.LOSS, outcome);
        } else {
            carry(packet, nowNs, outcome);
        }
    }

    public long sent() {
        return sent;
    }

    public long dropped(DropCause cause) {
        return dropped[cause.ordinal()];
    }

    public long duplicated() {
        return duplicated;
    }

    public long reordered() {
        return reordered;
    }

    private boolean passBottleneck(int sizeBytes, long nowNs) {
        bottleneckFreeNs = Math.max(bottleneckFreeNs, nowNs);
        if (config.rateBps() == 0) {
            return true;
        }
        long serialNs = Math.round(sizeBytes * 8e9 / config.rateBps());
        boolean idle = bottleneckFreeNs == nowNs;
        if (!idle && bottleneckFreeNs + serialNs - nowNs > config.queueNs()) {
            return false;
        }
        bottleneckFreeNs += serialNs;
        return true;
    }

    private void carry(P packet, long nowNs, Outcome<? super P> outcome) {
        long leavesNs = config.rateBps() == 0 ? nowNs : bottleneckFreeNs;
        long arrivalNs = Math.max(lastArrivalNs, leavesNs + config.delayNs() + jitterNs());
        if (chance(config.reorder())) {
            reordered++;
            arrivalNs += config.reorderNs();
        } else {
            lastArrivalNs = arrivalNs;
        }
        outcome.arrives(packet, arrivalNs);
        if (chance(config.duplicate())) {
            duplicated++;
            outcome.arrives(packet, arrivalNs + random.nextLong(config.delayNs() / 2 + 1_000_000));
        }
    }

    private long jitterNs() {
        return config.jitterNs() == 0 ? 0 : Math.round(Math.abs(random.nextGaussian()) * config.jitterNs());
    }

    private boolean chance(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private void drop(P packet, DropCause cause, Outcome<? super P> outcome) {
        dropped[cause.ordinal()]++;
        outcome.dropped(packet, cause);
    }
}
