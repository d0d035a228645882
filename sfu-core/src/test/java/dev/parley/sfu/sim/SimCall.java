package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackInfo;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.synthetic.Origins;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.synthetic.Publishing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One room in virtual time with everything that is judged in it: who joins over which links, and at the end whether
/// each rule held. One thread.
final class SimCall {
    static final long SECOND_NS = 1_000_000_000L;
    static final LinkConfig GOOD = LinkConfig.perfect().withDelayMs(20).withJitterMs(3);
    /// 10 % loss, 5 % reordering, 1 % duplicates, 3 blackouts and 4 new addresses an hour.
    static final LinkConfig BAD = LinkConfig.perfect()
            .withDelayMs(30)
            .withJitterMs(8)
            .withLoss(0.1)
            .withReorder(0.05, 20)
            .withDuplicate(0.01)
            .withBlackouts(3, 5_000)
            .withAddressChanges(4);

    private static final long LEFT_NS = 40 * SECOND_NS;

    /// Whose a track is.
    record Source(int publisher, TrackSource source) {}

    private final Simulation simulation;
    private final Limits limits = Limits.defaults();
    private final SimServer server;
    private final Origins origins = new Origins();
    private final Map<TrackId, Source> sources = new HashMap<>();
    private final Map<Source, TrackId> tracks = new HashMap<>();
    private final List<SimBrowser> everyone = new ArrayList<>();
    private final List<SimBrowser> here = new ArrayList<>();
    private final Liveness liveness = new Liveness(this);
    private SrtpCipherSuite ciphers = SrtpCipherSuite.JCE;
    private SimAccess access;

    SimCall(long seed, LinkConfig link) {
        this.simulation = new Simulation(seed);
        this.access = SimAccess.udp(link);
        this.server = new SimServer(simulation, 2, ciphers, limits);
        simulation.every(Liveness.EVERY_NS, liveness::look);
    }

    Simulation simulation() {
        return simulation;
    }

    SimServer server() {
        return server;
    }

    Origins origins() {
        return origins;
    }

    Limits limits() {
        return limits;
    }

    /// For those who join from now on.
    void ciphers(SrtpCipherSuite suite) {
        ciphers = suite;
        server.ciphers(suite);
    }

    /// For those who join from now on.
    void link(LinkConfig config) {
        access = SimAccess.udp(config);
    }

    /// For those who join from now on.
    void access(SimAccess way) {
        access = way;
    }

    List<SimBrowser> here() {
        return here;
    }

    /// Someone joins with our page.
    SimBrowser join(Publishing publishing) {
        return join(publishing, OfferDialect.chromium(), OfferBuilder.page(limits));
    }

    SimBrowser join(Publishing publishing, OfferDialect dialect, OfferBuilder offer) {
        SimBrowser browser = new SimBrowser(this, everyone.size(), publishing, dialect, this::client);
        everyone.add(browser);
        here.add(browser);
        browser.join(offer);
        return browser;
    }

    private SimClient client(int number, OfferDialect dialect, SimClient.Media media) {
        return new SimClient(number, simulation, server, access, ciphers, limits, dialect, media);
    }

    void leave(SimBrowser browser) {
        here.remove(browser);
        browser.client().leave();
    }

    void run(double seconds) {
        simulation.run(Math.round(seconds * 1e9));
    }

    long nowNs() {
        return simulation.nowNs();
    }

    void published(int publisher, SfuEvent.Published published) {
        for (TrackInfo info : published.tracks()) {
            Source source = new Source(publisher, info.source());
            sources.put(info.id(), source);
            tracks.put(source, info.id());
        }
    }

    @Nullable
    Source source(@Nullable TrackId track) {
        return track == null ? null : sources.get(track);
    }

    /// Null when this participant has left.
    @Nullable
    SimBrowser who(int number) {
        SimBrowser browser = everyone.get(number);
        return here.contains(browser) ? browser : null;
    }

    Liveness liveness() {
        return liveness;
    }

    @Nullable
    TrackId track(int publisher, TrackSource source) {
        return tracks.get(new Source(publisher, source));
    }

    /// Everybody leaves; then nothing may be left, and everything that was seen must have been in order.
    void end() {
        List.copyOf(here).forEach(this::leave);
        simulation.run(LEFT_NS);
        everyone.forEach(browser -> browser.receiver().finish());
        List<String> problems = new ArrayList<>(liveness.problems());
        everyone.forEach(browser -> problems.addAll(browser.problems()));
        assertThat(problems).as(this.toString()).isEmpty();
        assertThat(server.count(SfuCounter.SRTP_INDEX_REUSED))
                .as(this.toString())
                .isZero();
        assertThat(server.count(SfuCounter.PARTICIPANT_FAILED))
                .as(this.toString())
                .isZero();
        assertThat(server.leftOver().values())
                .as(this + ": " + server.leftOver())
                .containsOnly(0);
    }

    @Override
    public String toString() {
        return simulation.toString();
    }
}
