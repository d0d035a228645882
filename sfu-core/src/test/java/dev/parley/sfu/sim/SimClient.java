package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.ice.IceClientState;
import dev.parley.sfu.session.ClientSession;
import dev.parley.sfu.session.ClientSettings;
import dev.parley.sfu.session.Demux;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.OfferedSection;
import dev.parley.sfu.session.Proposal;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A browser in virtual time, below its media: a client session behind a simulated network. What it sends and what it
/// makes of what it receives is its `Media`'s.
final class SimClient extends Timed implements ClientSession.Listener, SimNet.Ends {
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
    private final Media media;
    private final ClientSession session;
    private @Nullable JoinAnswer joined;
    private @Nullable SimData data;
    private String lastAnswer = "";
    private boolean gone;

    SimClient(
            int number,
            Simulation simulation,
            SimServer server,
            SimAccess access,
            SrtpCipherSuite ciphers,
            Limits limits,
            OfferDialect dialect,
            Media media) {
        this.name = "c" + number;
        this.server = server;
        this.loop = new SimLoop(simulation);
        this.rng = Rng.seeded(simulation.nextSeed());
        this.media = media;
        this.net = new SimNet(simulation, access, number, this);
        this.path = net.clientFlow();
        ClientSettings settings = new ClientSettings(
                loop,
                limits,
                rng,
                CERTIFICATE,
                DtlsRunner.lockStep(new HalfOpenHandshakes(1)),
                ciphers,
                IceClientSettings.chromium());
        this.session = new ClientSession(settings, name, dialect, this);
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
        return session.connected();
    }

    /// Datagrams that SRTP refused: a network that duplicates makes some, a server that reuses an index makes others.
    int rejected() {
        return session.rejected();
    }

    /// Data channels, asked for before the client joins.
    SimData data() {
        SimData channels = data;
        if (channels == null) {
            channels = new SimData(loop, session);
            data = channels;
            session.offerData(channels);
        }
        return channels;
    }

    void join(List<OfferedSection> sections, List<AnnouncedTrack> announced) {
        loop.post(() -> {
            Proposal proposal = session.propose(sections);
            JoinRequest request = new JoinRequest(id(), name, Via.WEB, proposal.offer(), announced, null, media::told);
            server.join(request, net).thenAccept(answer -> loop.post(() -> joined(proposal, answer)));
        });
    }

    private void joined(Proposal proposal, JoinAnswer answer) {
        joined = answer;
        session.start(accept(proposal, answer.answer()), List.of(path));
        loop.touched(this);
    }

    private Negotiated accept(Proposal proposal, String answer) {
        Negotiated negotiated = session.accept(proposal, answer);
        lastAnswer = answer;
        media.negotiated(this, negotiated);
        return negotiated;
    }

    /// What the client may ask of the server beside its media. Null before the answer came.
    @Nullable
    SfuParticipant participant() {
        return joined == null ? null : joined.participant();
    }

    /// A further offer with new ICE credentials; keys and media go on.
    void restartIce() {
        loop.post(() -> {
            Proposal proposal = session.proposeRestart();
            Objects.requireNonNull(participant())
                    .offer(proposal.offer())
                    .thenAccept(answer -> loop.post(() -> {
                        if (!gone) {
                            assertThat(accept(proposal, answer).iceRestart()).isTrue();
                        }
                    }));
        });
    }

    /// The same as clients of WHIP do it: credentials alone are told, RFC 9725 section 4.3.3.
    void restartIceByFragment() {
        loop.post(() -> {
            Proposal proposal = session.proposeRestart();
            String fragment = line(proposal.offer(), "a=ice-ufrag:") + line(proposal.offer(), "a=ice-pwd:");
            Objects.requireNonNull(participant())
                    .trickle(fragment)
                    .thenAccept(answer -> loop.post(() -> restarted(proposal, answer.orElseThrow())));
        });
    }

    private void restarted(Proposal proposal, String fragment) {
        String answer = lastAnswer;
        for (String name : List.of("a=ice-ufrag:", "a=ice-pwd:")) {
            answer = answer.replace(line(answer, name), line(fragment, name));
        }
        if (!gone) {
            assertThat(accept(proposal, answer).iceRestart()).isTrue();
        }
    }

    private static String line(String sdp, String name) {
        int at = sdp.indexOf(name);
        return sdp.substring(at, sdp.indexOf('\n', at) + 1);
    }

    /// The client changes its network and knows it.
    void move() {
        loop.post(() -> {
            net.path().changeAddress();
            path = net.clientFlow();
            session.flows(List.of(path));
        });
    }

    /// The page is closed: a close_notify, and nothing of it is there any more.
    void closePage() {
        loop.post(this::gone);
    }

    /// The machine loses its power.
    void vanish() {
        loop.post(() -> {
            session.vanish();
            gone();
        });
    }

    void leave() {
        loop.post(() -> {
            Objects.requireNonNull(joined).participant().close(CloseReason.LEFT);
            gone();
        });
    }

    private void gone() {
        gone = true;
        session.close();
        loop.forget(this);
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
            if (!gone) {
                loop.touched(this);
            }
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
        Demux.Kind kind = Demux.of(packet);
        assertThat(kind).as("the server sent what nobody can read").isNotEqualTo(Demux.Kind.UNKNOWN);
        if (kind == Demux.Kind.RTP && !session.connected()) {
            media.lost(packet.toBytes(), false); // it has overtaken the end of the handshake, or nobody is there
            return;
        }
        Demux.Kind plain = session.receive(packet, path, nowNs);
        if (plain == Demux.Kind.RTP) {
            media.onRtp(packet, nowNs, sentNs);
        } else if (plain == Demux.Kind.RTCP) {
            media.onRtcp(packet, nowNs);
        }
    }

    /// Encrypts a complete packet and sends it. Takes it over.
    void sendRtp(Packet packet, int headerLength, long index) {
        session.sendRtp(packet, headerLength, index);
    }

    /// Encrypts RTCP and sends it. Takes the packet over.
    void sendRtcp(Packet packet) {
        session.sendRtcp(packet);
    }

    @Override
    public void onTime(long nowNs) {
        media.onTime(nowNs);
    }

    @Override
    public long nextTimeNs() {
        return session.connected() ? media.nextTimeNs() : Deadlines.NEVER;
    }

    // ---- from the session ----

    @Override
    public void send(Packet datagram, Flow flow) {
        net.toServer(datagram.toBytes());
        datagram.release();
    }

    @Override
    public void connected(SrtpProfile profile, long nowNs) {
        media.connected(nowNs);
        loop.touched(this);
    }

    @Override
    public void iceState(IceClientState state) {
        if (state == IceClientState.FAILED && connected()) {
            restartIce(); // as our page does
        }
    }

    @Override
    public void handshakeFailed(DtlsFailure reason) {
        throw new AssertionError(name + "'s handshake failed: " + reason);
    }

    @Override
    public void closed() {}
}
