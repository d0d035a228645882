package dev.parley.sfu.bwe;

import dev.parley.netsim.Disruptions;
import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import java.util.ArrayList;
import java.util.List;

/// Senders who follow their estimates over one bottleneck, in virtual time. What happened is sampled each 50 ms. One
/// seed, one scene.
final class Scene {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000 * MS;
    static final double DELAY_MS = 25;

    /// How long packets wait at the link's bottleneck, without its jitter.
    private static final class Bottleneck {
        private long freeNs;

        /// @return negative for one that finds the queue full
        long pass(int bytes, long rateBps, long queueMaxNs, long nowNs) {
            boolean idle = freeNs <= nowNs;
            long doneNs = Math.max(freeNs, nowNs) + Math.round(bytes * 8e9 / rateBps);
            if (!idle && doneNs - nowNs > queueMaxNs) {
                return -1;
            }
            freeNs = doneNs;
            return doneNs - nowNs;
        }
    }

    private static final long SAMPLE_NS = 50 * MS;

    private final Simulation sim;
    private final Disruptions disruptions;
    private final Link<SceneFlow.Datagram> down;
    private final LinkConfig up;
    private final List<SceneFlow> flows = new ArrayList<>();
    private final SceneLog log = new SceneLog();
    private final Bottleneck queue = new Bottleneck();
    private LinkConfig config;
    private double queueMs;
    private long rateBps;

    /// @param queueMs what the bottleneck holds at most, as time
    Scene(long seed, long rateBps, double queueMs) {
        this(seed, rateBps, queueMs, LinkConfig.perfect().withDelayMs(DELAY_MS));
    }

    /// @param bad how the way there is, apart from the bottleneck
    Scene(long seed, long rateBps, double queueMs, LinkConfig bad) {
        sim = new Simulation(seed);
        this.queueMs = queueMs;
        this.rateBps = rateBps;
        disruptions = new Disruptions(sim.nextSeed());
        config = bad.withRate(rateBps, queueMs);
        down = new Link<>(config, sim.nextSeed(), disruptions, sim.nowNs());
        up = LinkConfig.perfect().withDelayMs(DELAY_MS).withJitterMs(2);
        sim.every(SAMPLE_NS, this::sample);
    }

    Simulation sim() {
        return sim;
    }

    /// A sender who has as much to send as the estimate allows.
    SceneFlow greedy() {
        return flow(20_000_000, Long.MAX_VALUE);
    }

    /// A sender who would take `wantedBps` but has no more than `contentBps`.
    SceneFlow flow(long wantedBps, long contentBps) {
        SceneFlow flow = new SceneFlow(this, wantedBps, contentBps);
        flows.add(flow);
        return flow;
    }

    /// From that second on the bottleneck passes so much.
    void rateFrom(double second, long bps) {
        from(second, () -> change(bps));
    }

    void from(double second, Runnable what) {
        sim.at(sim.nowNs() - sim.elapsedNs() + Math.round(second * SECOND), what);
    }

    void lossFrom(double second, double share, double burst) {
        from(second, () -> configure(config.withLoss(share, burst)));
    }

    void darkFrom(double second, double seconds) {
        from(second, () -> disruptions.blackout(sim.nowNs(), Math.round(seconds * SECOND)));
    }

    SceneLog run(double seconds) {
        sim.run(Math.round(seconds * SECOND));
        return log;
    }

    void send(SceneFlow.Datagram datagram, int bytes) {
        long nowNs = sim.nowNs();
        long queuedNs = queue.pass(bytes, rateBps, config.queueNs(), nowNs);
        if (queuedNs >= 0) {
            log.packet(sim.elapsedNs(), queuedNs);
        }
        down.send(datagram, bytes, nowNs, new Link.Outcome<>() {
            @Override
            public void arrives(SceneFlow.Datagram packet, long atNs) {
                sim.at(atNs, () -> packet.arrived(atNs));
            }

            @Override
            public void dropped(SceneFlow.Datagram packet, DropCause cause) {}
        });
    }

    /// The way back: not full, but dark when the way there is, and a little lossy.
    void sendBack(byte[] report, SceneFlow to) {
        if (disruptions.dark(sim.nowNs())) {
            return;
        }
        sim.after(up.delayNs(), () -> to.report(report));
    }

    private void change(long bps) {
        rateBps = bps;
        configure(config.withRate(bps, queueMs));
    }

    private void configure(LinkConfig changed) {
        config = changed;
        down.configure(changed, sim.nowNs());
    }

    private void sample() {
        double sum = 0;
        for (SceneFlow flow : flows) {
            sum += flow.estimateBps();
            flow.sample(sim.elapsedNs());
        }
        boolean dark = disruptions.dark(sim.nowNs());
        log.sample(sim.elapsedNs(), sum, dark ? 0 : rateBps);
    }
}
