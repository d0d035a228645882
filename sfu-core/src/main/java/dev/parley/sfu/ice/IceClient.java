package dev.parley.sfu.ice;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.stun.StunCodec;
import dev.parley.sfu.stun.StunEncoder;
import dev.parley.sfu.stun.StunMessage;
import dev.parley.sfu.stun.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The ICE agent of a client, as browsers have one: checks each pair of addresses, nominates the best that
/// answers, asks for consent again and again, and follows its own addresses as they change. What tests and the
/// load tester connect with. One thread; bytes and time in, [IceClientOutput] out.
public final class IceClient {
    /// RFC 8445 §5.1.2.1 for a peer-reflexive candidate: type preference 110, the highest local one, component
    /// 1.
    private static final long PEER_REFLEXIVE_PRIORITY = HostCandidate.priority(110, 65_535);

    private final IceClientSettings settings;
    private final Rng rng;
    private final PacketPool packets;
    private final IceClientOutput out;
    private final List<CandidatePair> pairs = new ArrayList<>();
    private IceCredentials local;
    private IceCredentials remote;
    private IceRole role;
    private long tieBreaker;
    private @Nullable CandidatePair selected;
    private IceClientState state = IceClientState.CHECKING;
    private long answeredNs;
    private long pacedUntilNs;
    private IceClientState announcedState = IceClientState.CHECKING;
    private @Nullable Flow announcedFlow;

    /// @param flows the pairs to try, best first; each flow's remote address is a candidate of the peer
    public IceClient(
            IceCredentials local,
            IceCredentials remote,
            List<Flow> flows,
            IceClientSettings settings,
            Rng rng,
            PacketPool packets,
            IceClientOutput out,
            long nowNs) {
        this.local = local;
        this.remote = remote;
        this.settings = settings;
        this.rng = rng;
        this.packets = packets;
        this.out = out;
        this.role = settings.role();
        this.tieBreaker = rng.nextLong();
        this.answeredNs = nowNs;
        this.pacedUntilNs = nowNs;
        flows.forEach(flow -> pairs.add(new CandidatePair(flow, settings, rng, nowNs)));
    }

    /// A datagram whose first byte says STUN. Its owner stays the caller.
    public void receive(Packet stun, Flow flow, long nowNs) {
        StunMessage message = StunCodec.decode(stun.array(), 0, stun.length());
        if (message == null) {
            return;
        }
        if (message.isBindingResponse()) {
            response(message, flow, nowNs);
        } else if (message.isBindingRequest()) {
            request(message, flow);
        }
        announce();
    }

    public void onTime(long nowNs) {
        judge(nowNs);
        if (state != IceClientState.FAILED && pacedUntilNs <= nowNs) {
            CandidatePair due = nextDue();
            if (due != null && due.dueNs() <= nowNs) {
                pacedUntilNs = nowNs + settings.paceNs();
                check(due, nowNs);
            }
        }
        announce();
    }

    public long nextTimeNs() {
        if (state == IceClientState.FAILED) {
            return Deadlines.NEVER;
        }
        CandidatePair due = nextDue();
        long checkNs = due == null ? Deadlines.NEVER : Math.max(due.dueNs(), pacedUntilNs);
        return Math.min(checkNs, judgementNs());
    }

    public IceClientState state() {
        return state;
    }

    public IceRole role() {
        return role;
    }

    /// Where media is sent; null before the first answer, and after an address went away until another one
    /// answers.
    public @Nullable Flow selected() {
        return selected == null ? null : selected.flow;
    }

    /// Of the last answered check on the selected pair; 0 before.
    public long roundTripNs() {
        return selected == null ? 0 : selected.roundTripNs();
    }

    /// The addresses have changed: pairs that are not in the list are gone, new ones are checked at once.
    public void flows(List<Flow> flows, long nowNs) {
        List<CandidatePair> former = List.copyOf(pairs);
        pairs.clear();
        for (Flow flow : flows) {
            pairs.add(former.stream()
                    .filter(pair -> pair.flow.equals(flow))
                    .findFirst()
                    .orElseGet(() -> new CandidatePair(flow, settings, rng, nowNs)));
        }
        if (selected != null && !pairs.contains(selected)) {
            selected = null;
        }
        begin(nowNs);
        announce();
    }

    /// RFC 8445 §9: other credentials on both sides; media stays where it is until a pair has answered again.
    public void restart(IceCredentials newLocal, IceCredentials newRemote, long nowNs) {
        local = newLocal;
        remote = newRemote;
        role = settings.role();
        tieBreaker = rng.nextLong();
        pairs.forEach(pair -> pair.restart(nowNs));
        begin(nowNs);
        announce();
    }

    private void begin(long nowNs) {
        if (state == IceClientState.FAILED) {
            state = IceClientState.CHECKING;
            answeredNs = nowNs;
        }
    }

    private @Nullable CandidatePair nextDue() {
        CandidatePair next = null;
        for (CandidatePair pair : pairs) {
            if (next == null || pair.dueNs() < next.dueNs()) {
                next = pair;
            }
        }
        return next;
    }

    private void check(CandidatePair pair, long nowNs) {
        boolean useCandidate = role == IceRole.CONTROLLING
                && (settings.nominatesAtOnce() ? !pair.valid() : pair.valid() && pair == selected);
        TransactionId id = TransactionId.random(rng);
        StunEncoder.Check check = new StunEncoder.Check(
                id,
                remote.ufrag() + ":" + local.ufrag(),
                PEER_REFLEXIVE_PRIORITY,
                role == IceRole.CONTROLLING,
                tieBreaker,
                useCandidate);
        pair.sent(id, nowNs);
        Packet packet = packets.take();
        packet.length(StunEncoder.bindingRequest(packet.array(), check, remote.password()));
        out.send(packet, pair.flow);
    }

    /// An answer counts when it belongs to a check, comes over the same pair (RFC 8445 §7.2.5.2.1) and is
    /// signed.
    private void response(StunMessage message, Flow flow, long nowNs) {
        for (CandidatePair pair : pairs) {
            if (pair.flow.equals(flow)
                    && StunCodec.verify(message, remote.password())
                    && pair.claims(message.transactionId(), nowNs)) {
                if (message.kind() == StunMessage.Kind.SUCCESS) {
                    success(pair, nowNs);
                } else if (message.errorCode() == StunEncoder.ROLE_CONFLICT) {
                    role = role.other();
                    pair.soon(nowNs);
                }
                return;
            }
        }
    }

    private void success(CandidatePair pair, long nowNs) {
        pair.answered(nowNs);
        answeredNs = nowNs;
        state = IceClientState.CONNECTED;
        select(nowNs);
    }

    private void select(long nowNs) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs) {
            if (best == null && pair.fresh(nowNs)) {
                best = pair;
            }
        }
        selected = best == null ? selected : best;
    }

    /// A peer that is no lite agent checks us as well.
    private void request(StunMessage message, Flow flow) {
        if (local.ufrag().equals(message.receiverUfrag()) && StunCodec.verify(message, local.password())) {
            Packet answer = packets.take();
            int length = StunEncoder.bindingSuccess(answer.array(), message, flow.remote(), local.password());
            answer.length(length);
            if (length == 0) {
                answer.release();
            } else {
                out.send(answer, flow);
            }
        }
    }

    private void judge(long nowNs) {
        while (judgementNs() <= nowNs) {
            boolean lost = nowNs - answeredNs >= settings.failedNs();
            state = lost ? IceClientState.FAILED : IceClientState.DISCONNECTED;
        }
        select(nowNs);
    }

    private long judgementNs() {
        return switch (state) {
            case CONNECTED -> answeredNs + settings.disconnectedNs();
            case CHECKING, DISCONNECTED -> answeredNs + settings.failedNs();
            case FAILED -> Deadlines.NEVER;
        };
    }

    private void announce() {
        Flow flow = selected();
        if (flow != null && !Objects.equals(flow, announcedFlow)) {
            announcedFlow = flow;
            out.selected(flow);
        }
        if (state != announcedState) {
            announcedState = state;
            out.state(state);
        }
    }
}
