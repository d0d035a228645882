package dev.parley.sfu.session;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.dtls.DtlsOutput;
import dev.parley.sfu.dtls.DtlsRole;
import dev.parley.sfu.dtls.DtlsState;
import dev.parley.sfu.dtls.Fingerprint;
import dev.parley.sfu.dtls.SrtpKeys;
import dev.parley.sfu.ice.ConsentState;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.ice.IceLite;
import dev.parley.sfu.ice.IceOutput;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpReceiver;
import dev.parley.sfu.srtp.SrtpResult;
import dev.parley.sfu.srtp.SrtpSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ICE, DTLS and SRTP of one participant, introduced to each other: what comes in leaves as authenticated RTP and RTCP,
/// what goes out is encrypted and sent on the path that ICE chose. Trust in this order: STUN integrity, then the
/// address, then DTLS and SRTP from that address only.
final class Transport implements IceOutput, DtlsOutput, PacedOutput.Way {
    /// What a client sends between its last handshake message and our keys: a frame or two.
    private static final int EARLY_PACKETS_MAX = 8;

    /// What the transport tells its session.
    interface Listener {
        /// A bound address has said hello: keys exist in about one round trip.
        void handshakes();

        void connected(Flow.Protocol protocol);

        void consent(ConsentState state);

        void failed(DtlsFailure reason);

        /// Plain text of data channels. The bytes are the listener's only during the call.
        void data(byte[] array, int offset, int length);

        /// A close_notify: the page was closed or reloaded, and nothing more will come.
        void peerClosed();

        /// `nextTimeNs` may have come nearer.
        void due();
    }

    private final SessionSettings settings;
    private final Counters counters;
    private final SessionOutput output;
    private final Listener listener;
    private final IceLite ice;
    private final DtlsEndpoint dtls;
    private final DtlsRole role;
    private final ArrayDeque<EarlyPacket> early = new ArrayDeque<>();
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private boolean silent;

    private record EarlyPacket(Packet packet, Flow flow) {}

    Transport(SessionSettings settings, Negotiated negotiated, SessionOutput output, Listener listener, long nowNs) {
        this.settings = settings;
        this.counters = settings.loop().counters();
        this.output = output;
        this.listener = listener;
        this.role = negotiated.weAreDtlsClient() ? DtlsRole.CLIENT : DtlsRole.SERVER;
        this.ice = new IceLite(
                new IceCredentials(negotiated.localUfrag(), negotiated.localPwd()),
                new IceCredentials(negotiated.remoteUfrag(), negotiated.remotePwd()),
                settings.limits(),
                counters,
                settings.loop().packets(),
                this,
                nowNs);
        this.dtls = new DtlsEndpoint(
                role,
                settings.certificate(),
                fingerprints(negotiated),
                settings.dtlsRunner(),
                settings.limits(),
                counters,
                settings.loop().packets(),
                this);
    }

    private static List<Fingerprint> fingerprints(Negotiated negotiated) {
        List<Fingerprint> known = new ArrayList<>();
        for (String text : negotiated.fingerprints()) {
            Fingerprint fingerprint = Fingerprint.parse(text);
            if (fingerprint != null) {
                known.add(fingerprint);
            }
        }
        return known;
    }

    /// Takes a datagram as far as it goes here. The caller keeps its reference.
    ///
    /// @return RTP or RTCP when the packet now holds authenticated plain text, else null
    Demux.@Nullable Kind receive(Packet packet, Flow flow, long nowNs) {
        Demux.Kind kind = Demux.of(packet);
        switch (kind) {
            case STUN -> ice.receive(packet, flow, nowNs);
            case DTLS -> handshake(packet, flow, nowNs);
            case RTP, RTCP -> {
                return unprotect(packet, kind, flow, nowNs) ? kind : null;
            }
            case UNKNOWN -> counters.add(SfuCounter.NOT_WEBRTC);
        }
        return null;
    }

    private void handshake(Packet packet, Flow flow, long nowNs) {
        if (!ice.isBound(flow)) {
            counters.add(SfuCounter.UNKNOWN_SOURCE);
            return;
        }
        ice.handshakeBegan(flow, nowNs);
        dtls.roundTripNs(ice.roundTripNs());
        boolean fresh = dtls.state() == DtlsState.NEW;
        dtls.receive(packet, nowNs);
        if (fresh && dtls.state() == DtlsState.HANDSHAKING) {
            listener.handshakes();
        }
    }

    private boolean unprotect(Packet packet, Demux.Kind kind, Flow flow, long nowNs) {
        if (!ice.isBound(flow)) {
            counters.add(SfuCounter.UNKNOWN_SOURCE);
            return false;
        }
        SrtpReceiver keys = receiver;
        if (keys == null) {
            hold(packet, flow);
            return false;
        }
        SrtpResult result = kind == Demux.Kind.RTP ? keys.unprotectRtp(packet) : keys.unprotectRtcp(packet);
        if (result == SrtpResult.OK) {
            ice.authenticated(flow, nowNs);
        } else {
            count(result);
        }
        return result == SrtpResult.OK;
    }

    private void hold(Packet packet, Flow flow) {
        if (early.size() < EARLY_PACKETS_MAX) {
            packet.retain();
            early.add(new EarlyPacket(packet, flow));
        } else {
            counters.add(SfuCounter.SRTP_NO_KEYS);
        }
    }

    /// What came before the keys, again; the references are the consumer's.
    void replayEarly(java.util.function.BiConsumer<Packet, Flow> consumer) {
        for (EarlyPacket held = early.poll(); held != null; held = early.poll()) {
            consumer.accept(held.packet, held.flow);
        }
    }

    @Override
    public boolean canSend() {
        return sender != null && !silent && ice.selected() != null;
    }

    @Override
    public boolean takes(int ssrc) {
        Flow flow = ice.selected();
        return flow != null && output.takes(ssrc, flow);
    }

    @Override
    public boolean sendRtp(Packet out, int headerLength, long index, Packet source, int from, int count) {
        SrtpSender keys = sender;
        Flow flow = ice.selected();
        if (keys == null || silent || flow == null) {
            drop(out);
            return false;
        }
        SrtpResult result = keys.protectRtp(out, headerLength, index, source.array(), from, count);
        if (result != SrtpResult.OK) {
            count(result);
            drop(out);
            return false;
        }
        output.send(out, flow);
        return true;
    }

    /// It is plain text: whoever keeps it for a repair is to find nothing in it.
    private static void drop(Packet out) {
        out.length(0);
        out.release();
    }

    private void count(SrtpResult refusal) {
        SfuCounter counter = refusal.counter();
        if (counter != null) {
            counters.add(counter);
        }
    }

    /// Encrypts and sends. Takes over the packet.
    void sendRtcp(Packet packet) {
        SrtpSender keys = sender;
        if (keys != null && canSend() && keys.protectRtcp(packet) == SrtpResult.OK) {
            sendOnSelected(packet);
        } else {
            packet.release();
        }
    }

    @Override
    public void sendOnSelected(Packet packet) {
        Flow flow = ice.selected();
        if (flow == null || silent) {
            packet.release();
        } else {
            output.send(packet, flow);
        }
    }

    /// Encrypts plain text of data channels and sends it; what cannot leave now is lost, as on any network.
    void sendData(byte[] array, int offset, int length) {
        if (!silent) {
            dtls.send(array, offset, length);
        }
    }

    @Override
    public int rtpOverheadBytes() {
        SrtpSender keys = sender;
        return keys == null ? 0 : keys.rtpOverhead();
    }

    int rtcpOverheadBytes() {
        SrtpSender keys = sender;
        return keys == null ? 0 : keys.rtcpOverhead();
    }

    @Override
    public Flow.Protocol protocol() {
        Flow flow = ice.selected();
        return flow == null ? Flow.Protocol.UDP : flow.protocol();
    }

    long roundTripNs() {
        return ice.roundTripNs();
    }

    /// A further offer came: new ICE credentials, same keys.
    void restart(Negotiated negotiated, long nowNs) {
        ice.restart(
                new IceCredentials(negotiated.localUfrag(), negotiated.localPwd()),
                new IceCredentials(negotiated.remoteUfrag(), negotiated.remotePwd()),
                nowNs);
    }

    void gone(Flow flow, long nowNs) {
        ice.gone(flow, nowNs);
    }

    void mediaActive(boolean active) {
        ice.active(active);
    }

    void onTime(long nowNs) {
        ice.onTime(nowNs);
        dtls.onTime(nowNs);
    }

    long nextTimeNs() {
        return Math.min(ice.nextTimeNs(), dtls.nextTimeNs());
    }

    void close(long nowNs) {
        dtls.close(nowNs);
        for (EarlyPacket held = early.poll(); held != null; held = early.poll()) {
            held.packet.release();
        }
        ice.close(nowNs);
    }

    // ---- from DTLS ----

    @Override
    public void send(Packet datagram) {
        sendOnSelected(datagram);
        listener.due();
    }

    @Override
    public void connected(SrtpKeys keys) {
        SrtpProfile profile = SrtpProfile.of(keys.profile());
        if (profile == null) {
            failed(DtlsFailure.PROTOCOL);
            return;
        }
        boolean client = role == DtlsRole.CLIENT;
        byte[] ownKey = client ? keys.clientKey() : keys.serverKey();
        byte[] ownSalt = client ? keys.clientSalt() : keys.serverSalt();
        byte[] theirKey = client ? keys.serverKey() : keys.clientKey();
        byte[] theirSalt = client ? keys.serverSalt() : keys.clientSalt();
        sender = new SrtpSender(settings.ciphers(), profile, ownKey, ownSalt, settings.limits());
        receiver = new SrtpReceiver(settings.ciphers(), profile, theirKey, theirSalt, settings.limits());
        listener.connected(protocol());
    }

    @Override
    public void failed(DtlsFailure reason) {
        listener.failed(reason);
    }

    @Override
    public void closed() {
        listener.peerClosed();
    }

    @Override
    public void applicationData(byte[] array, int offset, int length) {
        listener.data(array, offset, length);
    }

    // ---- from ICE ----

    @Override
    public void send(Packet packet, Flow flow) {
        output.send(packet, flow);
    }

    @Override
    public void bound(Flow flow) {
        output.bound(flow);
        if (role == DtlsRole.CLIENT) {
            dtls.start(settings.loop().nowNs());
        }
    }

    @Override
    public void unbound(Flow flow) {
        output.unbound(flow);
    }

    @Override
    public void consent(ConsentState state) {
        silent = state == ConsentState.SILENT || state == ConsentState.CLOSED;
        listener.consent(state);
    }

    @Override
    public void selected(Flow flow) {}
}
