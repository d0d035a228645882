package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.dtls.DtlsOutput;
import dev.parley.sfu.dtls.DtlsRole;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.Fingerprint;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.dtls.SrtpKeys;
import dev.parley.sfu.ice.IceClient;
import dev.parley.sfu.ice.IceClientOutput;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.ice.IceClientState;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.Demux;
import dev.parley.sfu.session.LocalIce;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.Negotiation;
import dev.parley.sfu.session.NegotiatorConfig;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.OfferedSection;
import dev.parley.sfu.session.Offerer;
import dev.parley.sfu.session.Proposal;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpReceiver;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A browser in virtual time, below its media: offers as Chromium does, checks, shakes hands, encrypts. What it sends
/// and what it makes of what it receives is its `Media`'s.
final class SimClient extends Timed implements IceClientOutput, DtlsOutput, SimNet.Ends {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SecureRandom(), Instant.now());

    /// What the client publishes and how it receives. Called on the client's loop.
    interface Media {
        /// The answer to the first offer, later those to further ones.
        void negotiated(SimClient client, Negotiated negotiated);

        void connected(long nowNs);

        /// The server told something; called on the room's loop.
        void told(SfuEvent event);

        /// Plain text.
        ///
        /// @param sentNs when the server sent it
        void onRtp(Packet packet, long nowNs, long sentNs);

        void onRtcp(Packet packet, long nowNs);

        /// Ciphertext of ours or for us that the network dropped.
        void lost(byte[] datagram, boolean up);

        /// Ciphertext of ours that the server took.
        void reached(byte[] datagram);

        void onTime(long nowNs);

        long nextTimeNs();
    }

    /// Makes the client of a media.
    interface Maker {
        SimClient make(int number, OfferDialect dialect, Media media);
    }

    private final String name;
    private final SimServer server;
    private final SimLoop loop;
    private final SimNet net;
    /// As the client sees it: it does not know what its NAT makes of its address.
    private Flow path;

    private final Rng rng;
    private final Limits limits;
    private final SrtpCipherSuite ciphers;
    private final Offerer offerer;
    private final Media media;
    private final HalfOpenHandshakes handshakes = new HalfOpenHandshakes(1);
    private @Nullable IceClient ice;
    private @Nullable DtlsEndpoint dtls;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private @Nullable JoinAnswer joined;
    private boolean dtlsStarted;
    private int rejected;

    SimClient(
            int number,
            Simulation simulation,
            SimServer server,
            LinkConfig link,
            SrtpCipherSuite ciphers,
            Limits limits,
            OfferDialect dialect,
            Media media) {
        this.name = "c" + number;
        this.server = server;
        this.loop = new SimLoop(simulation);
        this.rng = Rng.seeded(simulation.nextSeed());
        this.limits = limits;
        this.ciphers = ciphers;
        this.media = media;
        this.net = new SimNet(simulation, link, number, this);
        this.path = Flow.udp(net.flow().remote(), SimNet.SERVER);
        this.offerer = new Offerer(
                new NegotiatorConfig(
                        List.of(CERTIFICATE.fingerprint().format()),
                        this::newCredentials,
                        List::of,
                        rng,
                        name,
                        limits,
                        AnswerPolicy.defaults()),
                dialect);
    }

    private LocalIce newCredentials() {
        IceCredentials credentials = IceCredentials.local(rng, 0);
        return new LocalIce(credentials.ufrag(), credentials.password());
    }

    SimNet net() {
        return net;
    }

    SimLoop loop() {
        return loop;
    }

    Rng rng() {
        return rng;
    }

    ParticipantId id() {
        return new ParticipantId(name);
    }

    boolean connected() {
        return sender != null;
    }

    /// Datagrams that SRTP refused: a network that duplicates makes some, a server that reuses an index makes others.
    int rejected() {
        return rejected;
    }

    void join(List<OfferedSection> sections, List<AnnouncedTrack> announced) {
        loop.post(() -> {
            offerer.add(sections);
            Proposal proposal = offerer.propose();
            JoinRequest request = new JoinRequest(id(), name, Via.WEB, proposal.offer(), announced, null, media::told);
            server.join(request, net).thenAccept(answer -> loop.post(() -> joined(proposal, answer)));
        });
    }

    /// What the client may ask of the server beside its media. Null before the answer came.
    @Nullable
    SfuParticipant participant() {
        return joined == null ? null : joined.participant();
    }

    /// A further offer with new ICE credentials; keys and media go on.
    void restartIce() {
        loop.post(() -> {
            offerer.restartIce();
            Proposal proposal = offerer.propose();
            Objects.requireNonNull(participant())
                    .offer(proposal.offer())
                    .thenAccept(answer -> loop.post(() -> restarted(accept(proposal, answer))));
        });
    }

    private void restarted(Negotiated negotiated) {
        IceClient agent = ice;
        if (agent != null) {
            assertThat(negotiated.iceRestart()).isTrue();
            agent.restart(
                    new IceCredentials(negotiated.localUfrag(), negotiated.localPwd()),
                    new IceCredentials(negotiated.remoteUfrag(), negotiated.remotePwd()),
                    loop.nowNs());
            loop.touched(this);
        }
    }

    /// The client changes its network and knows it.
    void move() {
        loop.post(() -> {
            IceClient agent = ice;
            net.path().changeAddress();
            path = Flow.udp(net.flow().remote(), SimNet.SERVER);
            if (agent != null) {
                agent.flows(List.of(path), loop.nowNs());
                loop.touched(this);
            }
        });
    }

    /// The page is closed: a close_notify, and nothing of it is there any more.
    void closePage() {
        loop.post(() -> {
            DtlsEndpoint endpoint = dtls;
            if (endpoint != null) {
                endpoint.close(loop.nowNs());
            }
            gone();
        });
    }

    /// The machine loses its power.
    void vanish() {
        loop.post(this::gone);
    }

    void leave() {
        loop.post(() -> {
            Objects.requireNonNull(joined).participant().close(CloseReason.LEFT);
            DtlsEndpoint endpoint = dtls;
            if (endpoint != null) {
                endpoint.close(loop.nowNs());
            }
            gone();
        });
    }

    private void gone() {
        loop.forget(this);
        ice = null;
        dtls = null;
        sender = null;
        receiver = null;
    }

    private Negotiated accept(Proposal proposal, String answer) {
        Negotiation negotiation = offerer.accept(proposal.offerId(), answer);
        if (!(negotiation instanceof Negotiation.Accepted(String _, Negotiated negotiated))) {
            throw new AssertionError(name + " cannot read the answer: " + negotiation);
        }
        media.negotiated(this, negotiated);
        return negotiated;
    }

    private void joined(Proposal proposal, JoinAnswer answer) {
        joined = answer;
        Negotiated negotiated = accept(proposal, answer.answer());
        dtls = new DtlsEndpoint(
                DtlsRole.CLIENT,
                CERTIFICATE,
                negotiated.fingerprints().stream().map(Fingerprint::parse).toList(),
                DtlsRunner.lockStep(handshakes),
                limits,
                loop.counters(),
                loop.packets(),
                this);
        ice = new IceClient(
                new IceCredentials(negotiated.localUfrag(), negotiated.localPwd()),
                new IceCredentials(negotiated.remoteUfrag(), negotiated.remotePwd()),
                List.of(path),
                IceClientSettings.chromium(),
                rng,
                loop.packets(),
                this,
                loop.nowNs());
        loop.touched(this);
    }

    // ---- the network ----

    @Override
    public void atServer(byte[] datagram, Flow flow) {
        if (server.receive(datagram, flow)) {
            media.reached(datagram);
        } else {
            media.lost(datagram, true);
        }
    }

    @Override
    public void atClient(byte[] datagram, long sentNs) {
        loop.post(() -> {
            Packet packet = loop.packets().take(datagram);
            packet.arrivalNs(loop.nowNs());
            receive(packet, loop.nowNs(), sentNs);
            packet.release();
            loop.touched(this);
        });
    }

    @Override
    public void lostToServer(byte[] datagram) {
        media.lost(datagram, true);
    }

    @Override
    public void lostToClient(byte[] datagram) {
        media.lost(datagram, false);
    }

    private void receive(Packet packet, long nowNs, long sentNs) {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        SrtpReceiver keys = receiver;
        if (agent == null || endpoint == null) {
            media.lost(packet.toBytes(), false); // nobody is there any more
            return;
        }
        switch (Demux.of(packet)) {
            case STUN -> agent.receive(packet, path, nowNs);
            case DTLS -> endpoint.receive(packet, nowNs);
            case RTP -> {
                if (keys == null) {
                    media.lost(packet.toBytes(), false); // it has overtaken the end of the handshake
                } else if (accepted(keys.unprotectRtp(packet))) {
                    media.onRtp(packet, nowNs, sentNs);
                }
            }
            case RTCP -> {
                if (keys != null && accepted(keys.unprotectRtcp(packet))) {
                    media.onRtcp(packet, nowNs);
                }
            }
            case UNKNOWN -> throw new AssertionError("the server sent what nobody can read");
        }
    }

    private boolean accepted(SrtpResult result) {
        rejected += result == SrtpResult.OK ? 0 : 1;
        return result == SrtpResult.OK;
    }

    /// Encrypts a complete packet and sends it. Takes it over.
    void sendRtp(Packet packet, int headerLength, long index) {
        SrtpSender keys = sender;
        if (keys != null && keys.protectRtp(packet, headerLength, index) == SrtpResult.OK) {
            net.toServer(packet.toBytes());
        }
        packet.release();
    }

    /// Encrypts RTCP and sends it. Takes the packet over.
    void sendRtcp(Packet packet) {
        SrtpSender keys = sender;
        if (keys != null && keys.protectRtcp(packet) == SrtpResult.OK) {
            net.toServer(packet.toBytes());
        }
        packet.release();
    }

    @Override
    public void onTime(long nowNs) {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        if (agent != null && endpoint != null) {
            agent.onTime(nowNs);
            endpoint.onTime(nowNs);
            media.onTime(nowNs);
        }
    }

    @Override
    public long nextTimeNs() {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        if (agent == null || endpoint == null) {
            return Deadlines.NEVER;
        }
        return Math.min(Math.min(agent.nextTimeNs(), endpoint.nextTimeNs()), media.nextTimeNs());
    }

    // ---- from ICE ----

    @Override
    public void send(Packet packet, Flow flow) {
        net.toServer(packet.toBytes());
        packet.release();
    }

    @Override
    public void state(IceClientState state) {
        if (state == IceClientState.FAILED && connected()) {
            restartIce(); // as our page does
        }
    }

    @Override
    public void selected(Flow flow) {
        DtlsEndpoint endpoint = dtls;
        if (!dtlsStarted && endpoint != null) {
            dtlsStarted = true;
            endpoint.start(loop.nowNs());
            loop.touched(this);
        }
    }

    // ---- from DTLS ----

    @Override
    public void send(Packet datagram) {
        net.toServer(datagram.toBytes());
        datagram.release();
    }

    @Override
    public void connected(SrtpKeys keys) {
        SrtpProfile profile = Objects.requireNonNull(SrtpProfile.of(keys.profile()));
        sender = new SrtpSender(ciphers, profile, keys.clientKey(), keys.clientSalt(), limits);
        receiver = new SrtpReceiver(ciphers, profile, keys.serverKey(), keys.serverSalt(), limits);
        media.connected(loop.nowNs());
        loop.touched(this);
    }

    @Override
    public void failed(DtlsFailure reason) {
        throw new AssertionError(name + "'s handshake failed: " + reason);
    }

    @Override
    public void closed() {}

    @Override
    public void applicationData(byte[] array, int offset, int length) {}
}
