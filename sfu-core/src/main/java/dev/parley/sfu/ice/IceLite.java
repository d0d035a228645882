package dev.parley.sfu.ice;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stun.StunCodec;
import dev.parley.sfu.stun.StunEncoder;
import dev.parley.sfu.stun.StunMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The ICE agent of one participant's transport: lite, hence always controlled, RFC 8445 §2.5. One loop's
/// thread; bytes and time in, [IceOutput] out.
///
/// It answers checks and sends none, whatever candidates the peer claims to have, so that nobody can make it
/// send to a third party. Trust comes in this order: a check's integrity, then its address is bound, and only
/// from bound addresses anything else is taken. Who does not know the password gets no more bytes than they
/// sent, at most one answer a second, and leaves no state.
public final class IceLite {
    /// Before anything could be measured; a DTLS timer that starts with it is right for most.
    static final long ROUND_TRIP_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /// Between two answers to requests that were not authenticated, whatever addresses they come from.
    static final long REFUSAL_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");

    private final Limits limits;
    private final Counters counters;
    private final PacketPool packets;
    private final IceOutput out;
    private final BoundPaths paths;
    private final PathElection election;
    private final Consent consent;
    private final SeenTransactions transactions = new SeenTransactions();
    private IceCredentials local;
    private IceCredentials remote;
    private @Nullable IceCredentials formerLocal;
    private long refusalAllowedNs;
    private long roundTripNs = Deadlines.NEVER;
    private ConsentState announcedConsent = ConsentState.CHECKING;
    private @Nullable Flow announcedFlow;

    public IceLite(
            IceCredentials local,
            IceCredentials remote,
            Limits limits,
            Counters counters,
            PacketPool packets,
            IceOutput out,
            long nowNs) {
        this.local = local;
        this.remote = remote;
        this.limits = limits;
        this.counters = counters;
        this.packets = packets;
        this.out = out;
        this.paths = new BoundPaths(limits.addressesPerSession());
        this.election = new PathElection(paths);
        this.consent = new Consent(limits, nowNs);
        this.refusalAllowedNs = nowNs;
    }

    /// A datagram (or, over TCP, a frame) whose first byte says STUN. Its owner stays the caller.
    public void receive(Packet stun, Flow flow, long nowNs) {
        if (consent.state() == ConsentState.CLOSED) {
            return;
        }
        StunMessage message = StunCodec.decode(stun.array(), 0, stun.length());
        if (message == null) {
            counters.add(SfuCounter.STUN_MALFORMED);
        } else if (!message.isBindingRequest() || !answerable(flow.remote())) {
            counters.add(SfuCounter.STUN_UNEXPECTED);
        } else {
            request(message, flow, nowNs);
        }
    }

    public boolean isBound(Flow flow) {
        return paths.find(flow) != null;
    }

    /// A packet that is no check came from a bound address and was authenticated (DTLS that a handshake
    /// accepted, SRTP, SRTCP). Called for each one: keeps the peer alive and moves media to where it is.
    public void authenticated(Flow flow, long nowNs) {
        BoundPath path = paths.find(flow);
        if (path == null || consent.state() == ConsentState.CLOSED) {
            return;
        }
        measure(path, nowNs);
        path.heardNs = nowNs;
        path.carriedMedia = true;
        consent.heard(nowNs);
        election.packet(path, nowNs);
        announce();
    }

    /// A peer's first handshake message came from a bound address; it proves nothing yet, but was caused by our
    /// answer to a check and so tells how long a round trip takes.
    public void handshakeBegan(Flow flow, long nowNs) {
        BoundPath path = paths.find(flow);
        if (path != null) {
            measure(path, nowNs);
        }
    }

    /// Where media is sent; null before the first check, and while consent has run out.
    public @Nullable Flow selected() {
        BoundPath path = election.selected();
        return path == null || consent.state().compareTo(ConsentState.SILENT) >= 0 ? null : path.flow;
    }

    /// An ICE restart, RFC 8445 §9: media goes on over the bound addresses. Both fragments work until the first
    /// authenticated check with the new one; from then on the old credentials are dead.
    public void restart(IceCredentials newLocal, IceCredentials newRemote, long nowNs) {
        if (formerLocal == null) {
            formerLocal = local;
        }
        local = newLocal;
        remote = newRemote;
    }

    /// Whether an offer with these credentials asks for a restart, RFC 8839 §4.4.1.1.1: either of the two
    /// differs.
    public boolean wouldRestart(IceCredentials offered) {
        return !remote.equals(offered);
    }

    /// An address cannot be used any more, such as a TCP connection that was closed.
    public void gone(Flow flow, long nowNs) {
        BoundPath path = paths.find(flow);
        if (path != null) {
            remove(path, nowNs);
            announce();
        }
    }

    /// Whether the peer sends or receives media, or has a data channel: its silence is noticed sooner.
    public void active(boolean sendsOrReceivesMedia) {
        consent.active(sendsOrReceivesMedia);
    }

    public ConsentState consent() {
        return consent.state();
    }

    /// The session ends by another's decision.
    public void close(long nowNs) {
        consent.close();
        removeAll(nowNs);
        announce();
    }

    public void onTime(long nowNs) {
        consent.onTime(nowNs);
        if (consent.state() == ConsentState.CLOSED) {
            removeAll(nowNs);
        } else {
            election.onTime(nowNs);
        }
        announce();
    }

    public long nextTimeNs() {
        return Math.min(consent.nextNs(), election.nextNs());
    }

    /// How long a round trip takes, for the first timer of DTLS. A lite agent asks nothing and so can time
    /// nothing directly; but browsers begin their handshake as soon as our first answer arrives, so the time
    /// between the two is a round trip, or more when that answer was lost. 200 ms where nothing of the kind was
    /// seen.
    public long roundTripNs() {
        return roundTripNs == Deadlines.NEVER ? ROUND_TRIP_DEFAULT_NS : roundTripNs;
    }

    /// Only the first half of USERNAME is compared, RFC 8445 §7.3: a browser that has begun a restart checks
    /// from its new fragment with our old one until our answer arrives, and after a change of networks that is
    /// the only live path.
    private void request(StunMessage message, Flow flow, long nowNs) {
        IceCredentials asked = credentialsFor(message.receiverUfrag());
        if (asked == null) {
            counters.add(SfuCounter.STUN_UNKNOWN_UFRAG);
        } else if (!StunCodec.verify(message, asked.password())) {
            counters.add(SfuCounter.STUN_AUTH_FAILED);
            refuse(message, flow, nowNs);
        } else if (message.iceControlled() != null) {
            answerError(message, StunEncoder.ROLE_CONFLICT, asked, flow);
        } else if (!message.unknownRequired().isEmpty()) {
            answerError(message, StunEncoder.UNKNOWN_ATTRIBUTE, asked, flow);
        } else if (transactions.replayed(message.transactionId(), flow)) {
            counters.add(SfuCounter.STUN_REPLAYED);
        } else {
            check(message, asked, flow, nowNs);
        }
    }

    /// Nobody sends from such an address; whoever forges one wants us to.
    private static boolean answerable(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return address.getPort() != 0
                && !host.isMulticastAddress()
                && !host.isAnyLocalAddress()
                && !host.equals(BROADCAST);
    }

    private @Nullable IceCredentials credentialsFor(@Nullable String ufrag) {
        if (local.ufrag().equals(ufrag)) {
            return local;
        }
        return formerLocal != null && formerLocal.ufrag().equals(ufrag) ? formerLocal : null;
    }

    private void check(StunMessage message, IceCredentials asked, Flow flow, long nowNs) {
        if (asked == local) {
            formerLocal = null;
        }
        BoundPath path = paths.find(flow);
        if (path == null) {
            path = bind(flow, nowNs);
        }
        if (path == null) {
            return;
        }
        path.heardNs = nowNs;
        consent.heard(nowNs);
        removeSilent(nowNs);
        if (message.useCandidate()) {
            election.nominated(path, nowNs);
        } else {
            election.elect(nowNs);
        }
        answerSuccess(message, asked, flow);
        announce();
    }

    /// Null when there is no room: every address is in use.
    private @Nullable BoundPath bind(Flow flow, long nowNs) {
        if (paths.full()) {
            counters.add(SfuCounter.ICE_ADDRESSES_REFUSED);
            BoundPath least = paths.leastUseful(election.selected(), election.media());
            if (least == null) {
                return null;
            }
            remove(least, nowNs);
        }
        BoundPath path = paths.add(flow, nowNs);
        out.bound(flow);
        return path;
    }

    private void remove(BoundPath path, long nowNs) {
        paths.remove(path);
        election.removed(path, nowNs);
        out.unbound(path.flow);
    }

    private void removeAll(long nowNs) {
        for (BoundPath path = paths.newest(); path != null; path = paths.newest()) {
            remove(path, nowNs);
        }
    }

    /// An address of which nothing was heard for as long as closes a transport may be someone else's by now.
    private void removeSilent(long nowNs) {
        for (int i = paths.size() - 1; i >= 0; i--) {
            if (nowNs - paths.at(i).heardNs >= limits.transportClosesNs()) {
                remove(paths.at(i), nowNs);
            }
        }
    }

    private void measure(BoundPath path, long nowNs) {
        if (path.firstPacket()) {
            roundTripNs = Math.min(roundTripNs, path.sinceAnswerNs(nowNs));
        }
    }

    private void refuse(StunMessage message, Flow flow, long nowNs) {
        if (nowNs < refusalAllowedNs) {
            return;
        }
        refusalAllowedNs = nowNs + REFUSAL_INTERVAL_NS;
        int code = message.hasIntegrity() ? StunEncoder.UNAUTHENTICATED : StunEncoder.BAD_REQUEST;
        Packet answer = packets.take();
        send(answer, StunEncoder.bindingError(answer.array(), message, code, null), message.lengthBytes(), flow);
    }

    private void answerError(StunMessage message, int code, IceCredentials asked, Flow flow) {
        Packet answer = packets.take();
        int length = StunEncoder.bindingError(answer.array(), message, code, asked.password());
        send(answer, length, answer.capacity(), flow);
    }

    private void answerSuccess(StunMessage message, IceCredentials asked, Flow flow) {
        Packet answer = packets.take();
        int length = StunEncoder.bindingSuccess(answer.array(), message, flow.remote(), asked.password());
        send(answer, length, answer.capacity(), flow);
    }

    private void send(Packet answer, int length, int lengthMax, Flow flow) {
        if (length == 0 || length > lengthMax) {
            answer.release();
            return;
        }
        answer.length(length);
        out.send(answer, flow);
    }

    /// Tells what has changed since it was last told; at the end of each input, when the state is consistent.
    private void announce() {
        Flow flow = selected();
        if (flow != null && !flow.equals(announcedFlow)) {
            announcedFlow = flow;
            out.selected(flow);
        }
        if (announcedConsent != consent.state()) {
            announcedConsent = consent.state();
            out.consent(announcedConsent);
        }
    }
}
