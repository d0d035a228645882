package dev.parley.sfu.session;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.dtls.DtlsOutput;
import dev.parley.sfu.dtls.DtlsRole;
import dev.parley.sfu.dtls.Fingerprint;
import dev.parley.sfu.dtls.SrtpKeys;
import dev.parley.sfu.ice.IceClient;
import dev.parley.sfu.ice.IceClientOutput;
import dev.parley.sfu.ice.IceClientState;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpReceiver;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The client's side of a transport, as a browser has it below its media: offers, checks, shakes hands, encrypts. Bytes
/// and time in, bytes and events out; what simulations and synthetic participants connect with. Lives on its loop, and
/// marks itself there as touched whenever its deadline may have moved.
public final class ClientSession extends Timed implements IceClientOutput, DtlsOutput {
    /// What a client's transport tells. Called on its loop.
    public interface Listener {
        /// A datagram for the server; takes it over.
        void send(Packet datagram, Flow flow);

        /// Keys exist.
        void connected(SrtpProfile profile, long nowNs);

        void iceState(IceClientState state);

        void handshakeFailed(DtlsFailure reason);

        /// The server said goodbye.
        void closed();
    }

    private final ClientSettings settings;
    private final Listener listener;
    private final Offerer offerer;
    private @Nullable IceClient ice;
    private @Nullable DtlsEndpoint dtls;
    private @Nullable DataChannelListener dataListener;
    private @Nullable DataChannels data;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    /// Where media leaves: what ICE selected last, before that the best that is known.
    private @Nullable Flow way;

    private boolean dtlsStarted;
    private int rejected;

    public ClientSession(ClientSettings settings, String cname, OfferDialect dialect, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        this.offerer = new Offerer(settings.negotiation(cname), dialect);
    }

    // ---- offers and their answers ----

    /// Offers data channels too, from the next offer on: behind its other sections, as browsers do. The association
    /// begins by itself when keys exist.
    public void offerData(DataChannelListener listener) {
        dataListener = listener;
    }

    /// Null until an answer took them, and when all is over.
    public @Nullable DataChannels data() {
        return data;
    }

    /// An offer of all sections so far and these.
    public Proposal propose(List<OfferedSection> more) {
        offerer.add(more);
        if (dataListener != null) {
            offerer.addData();
        }
        return offerer.propose();
    }

    /// A further offer with new ICE credentials; keys and media go on.
    public Proposal proposeRestart() {
        offerer.restartIce();
        return offerer.propose();
    }

    /// Reads an answer. After the first one `start` is next; a later one that restarts ICE is followed here.
    ///
    /// @throws IllegalArgumentException when the answer cannot be read or does not fit the offer that is out
    public Negotiated accept(Proposal proposal, String answer) {
        Negotiation negotiation = offerer.accept(proposal.offerId(), answer);
        if (!(negotiation instanceof Negotiation.Accepted(String _, Negotiated negotiated))) {
            throw new IllegalArgumentException("cannot read the answer: " + negotiation);
        }
        agreeOnData(negotiated);
        IceClient agent = ice;
        if (agent != null && negotiated.iceRestart()) {
            agent.restart(local(negotiated), remote(negotiated), settings.loop().nowNs());
            settings.loop().touched(this);
        }
        return negotiated;
    }

    private void agreeOnData(Negotiated negotiated) {
        DataSection agreed = negotiated.data();
        DataChannelListener listening = dataListener;
        if (agreed == null || listening == null || data != null) {
            return;
        }
        DataChannels channels = new DataChannels(
                agreed.settings(settings.limits()),
                negotiated.weAreDtlsClient(),
                this::sendData,
                listening,
                settings.loop().counters(),
                settings.rng());
        data = channels;
        if (connected()) {
            channels.connect(settings.loop().nowNs());
        }
    }

    /// Begins to check.
    ///
    /// @param flows the ways to try, best first
    public void start(Negotiated negotiated, List<Flow> flows) {
        dtls = new DtlsEndpoint(
                DtlsRole.CLIENT,
                settings.certificate(),
                negotiated.fingerprints().stream()
                        .map(Fingerprint::parse)
                        .filter(Objects::nonNull)
                        .toList(),
                settings.dtlsRunner(),
                settings.limits(),
                settings.loop().counters(),
                settings.loop().packets(),
                this);
        ice = new IceClient(
                local(negotiated),
                remote(negotiated),
                flows,
                settings.ice(),
                settings.rng(),
                settings.loop().packets(),
                this,
                settings.loop().nowNs());
        way = flows.getFirst();
        settings.loop().touched(this);
    }

    private static IceCredentials local(Negotiated negotiated) {
        return new IceCredentials(negotiated.localUfrag(), negotiated.localPwd());
    }

    private static IceCredentials remote(Negotiated negotiated) {
        return new IceCredentials(negotiated.remoteUfrag(), negotiated.remotePwd());
    }

    /// The client's addresses have changed, and it knows.
    public void flows(List<Flow> flows) {
        IceClient agent = ice;
        if (agent != null) {
            way = flows.getFirst();
            agent.flows(flows, settings.loop().nowNs());
            settings.loop().touched(this);
        }
    }

    // ---- datagrams ----

    /// Takes a datagram as far as it goes here. The caller keeps its reference.
    ///
    /// @return RTP or RTCP when the packet now holds authenticated plain text, else null
    public Demux.@Nullable Kind receive(Packet packet, Flow flow, long nowNs) {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        if (agent == null || endpoint == null) {
            return null;
        }
        settings.loop().touched(this);
        Demux.Kind kind = Demux.of(packet);
        switch (kind) {
            case STUN -> agent.receive(packet, flow, nowNs);
            case DTLS -> endpoint.receive(packet, nowNs);
            case RTP, RTCP -> {
                return unprotected(packet, kind) ? kind : null;
            }
            case UNKNOWN -> rejected++;
        }
        return null;
    }

    private boolean unprotected(Packet packet, Demux.Kind kind) {
        SrtpReceiver keys = receiver;
        if (keys == null) {
            return false;
        }
        SrtpResult result = kind == Demux.Kind.RTP ? keys.unprotectRtp(packet) : keys.unprotectRtcp(packet);
        rejected += result == SrtpResult.OK ? 0 : 1;
        return result == SrtpResult.OK;
    }

    /// Encrypts a complete packet and sends it. Takes it over.
    public void sendRtp(Packet packet, int headerLength, long index) {
        SrtpSender keys = sender;
        send(packet, keys != null && keys.protectRtp(packet, headerLength, index) == SrtpResult.OK);
    }

    /// Encrypts RTCP and sends it. Takes the packet over.
    public void sendRtcp(Packet packet) {
        SrtpSender keys = sender;
        send(packet, keys != null && keys.protectRtcp(packet) == SrtpResult.OK);
    }

    private void sendData(byte[] array, int offset, int length) {
        DtlsEndpoint endpoint = dtls;
        if (endpoint != null) {
            endpoint.send(array, offset, length);
        }
    }

    private void send(Packet packet, boolean sealed) {
        Flow flow = way;
        if (sealed && flow != null) {
            listener.send(packet, flow);
        } else {
            packet.release();
        }
    }

    /// Keys exist, and the transport was not closed.
    public boolean connected() {
        return sender != null;
    }

    /// Datagrams of which nothing could be made: a network that duplicates makes some, a server that reuses an index
    /// makes others.
    public int rejected() {
        return rejected;
    }

    // ---- time ----

    @Override
    public void onTime(long nowNs) {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        if (agent != null && endpoint != null) {
            agent.onTime(nowNs);
            endpoint.onTime(nowNs);
            DataChannels channels = data;
            if (channels != null && channels.nextTimeNs() <= nowNs) {
                channels.onTime(nowNs);
            }
        }
    }

    @Override
    public long nextTimeNs() {
        IceClient agent = ice;
        DtlsEndpoint endpoint = dtls;
        if (agent == null || endpoint == null) {
            return Deadlines.NEVER;
        }
        long next = Math.min(agent.nextTimeNs(), endpoint.nextTimeNs());
        DataChannels channels = data;
        return channels == null ? next : Math.min(next, channels.nextTimeNs());
    }

    /// Says goodbye where keys exist, and ends.
    public void close() {
        DtlsEndpoint endpoint = dtls;
        if (endpoint != null) {
            endpoint.close(settings.loop().nowNs());
        }
        vanish();
    }

    /// Ends without a word.
    public void vanish() {
        settings.loop().forget(this);
        ice = null;
        dtls = null;
        data = null;
        sender = null;
        receiver = null;
    }

    // ---- from ICE ----

    @Override
    public void send(Packet packet, Flow flow) {
        listener.send(packet, flow);
    }

    @Override
    public void state(IceClientState state) {
        listener.iceState(state);
    }

    @Override
    public void selected(Flow flow) {
        way = flow;
        DtlsEndpoint endpoint = dtls;
        if (!dtlsStarted && endpoint != null) {
            dtlsStarted = true;
            endpoint.start(settings.loop().nowNs());
            settings.loop().touched(this);
        }
    }

    // ---- from DTLS ----

    @Override
    public void send(Packet datagram) {
        send(datagram, true);
        settings.loop().touched(this);
    }

    @Override
    public void connected(SrtpKeys keys) {
        SrtpProfile profile = Objects.requireNonNull(SrtpProfile.of(keys.profile()));
        sender = new SrtpSender(settings.ciphers(), profile, keys.clientKey(), keys.clientSalt(), settings.limits());
        receiver =
                new SrtpReceiver(settings.ciphers(), profile, keys.serverKey(), keys.serverSalt(), settings.limits());
        listener.connected(profile, settings.loop().nowNs());
        DataChannels channels = data;
        if (channels != null) {
            channels.connect(settings.loop().nowNs());
        }
        settings.loop().touched(this);
    }

    @Override
    public void failed(DtlsFailure reason) {
        listener.handshakeFailed(reason);
    }

    @Override
    public void closed() {
        listener.closed();
    }

    @Override
    public void applicationData(byte[] array, int offset, int length) {
        DataChannels channels = data;
        if (channels != null) {
            channels.receive(array, offset, length, settings.loop().nowNs());
        }
    }
}
