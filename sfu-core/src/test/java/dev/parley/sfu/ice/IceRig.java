package dev.parley.sfu.ice;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stun.StunCodec;
import dev.parley.sfu.stun.StunEncoder;
import dev.parley.sfu.stun.StunMessage;
import dev.parley.sfu.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A lite agent whose clock is moved by hand and whose every output is kept, and the checks that a browser
/// would send.
final class IceRig implements IceOutput {
    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 7882);
    static final Limits LIMITS = Limits.defaults();

    /// An answer and where it went.
    record Sent(byte[] bytes, Flow flow) {
        StunMessage message() {
            return Objects.requireNonNull(StunCodec.decode(bytes, 0, bytes.length));
        }
    }

    final Rng rng = Rng.seeded(7);
    final Counters counters = new Counters();
    final PacketPool pool = new PacketPool(4);
    final IceCredentials server = IceCredentials.local(rng, 3);
    final IceCredentials client = new IceCredentials("wxyz", "the password of the browser");
    final List<Sent> sent = new ArrayList<>();
    final Set<Flow> bound = new LinkedHashSet<>();
    final List<ConsentState> states = new ArrayList<>();
    final List<Flow> selections = new ArrayList<>();
    final IceLite ice;
    long nowNs;

    /// @param startNs code must not depend on where the clock starts
    IceRig(long startNs) {
        nowNs = startNs;
        ice = new IceLite(server, client, LIMITS, counters, pool, this, nowNs);
    }

    IceRig() {
        this(-TimeUnit.HOURS.toNanos(1));
    }

    static Flow flow(int port) {
        return Flow.udp(SERVER, new InetSocketAddress("198.51.100.1", port));
    }

    static IceRig connected(Flow flow) {
        IceRig rig = new IceRig();
        rig.check(flow);
        return rig;
    }

    /// Lets time pass, with everything that is due in between.
    void pass(long durationNs) {
        long endNs = nowNs + durationNs;
        while (ice.nextTimeNs() <= endNs) {
            nowNs = Math.max(nowNs, ice.nextTimeNs());
            ice.onTime(nowNs);
        }
        nowNs = endNs;
    }

    void passMs(long durationMs) {
        pass(TimeUnit.MILLISECONDS.toNanos(durationMs));
    }

    /// A check as browsers send it; the answer, if there was one.
    @Nullable
    Sent check(Flow flow) {
        return receive(request(server, true, false), flow);
    }

    @Nullable
    Sent nominate(Flow flow) {
        return receive(request(server, true, true), flow);
    }

    byte[] request(IceCredentials to, boolean controlling, boolean useCandidate) {
        return request(to.ufrag() + ":" + client.ufrag(), to.password(), controlling, useCandidate);
    }

    byte[] request(String username, String password, boolean controlling, boolean useCandidate) {
        byte[] bytes = new byte[Packet.CAPACITY];
        StunEncoder.Check check =
                new StunEncoder.Check(TransactionId.random(rng), username, 1, controlling, 1, useCandidate);
        int length = StunEncoder.bindingRequest(bytes, check, password);
        return Arrays.copyOf(bytes, length);
    }

    @Nullable
    Sent receive(byte[] bytes, Flow flow) {
        int before = sent.size();
        Packet packet = pool.take(bytes);
        ice.receive(packet, flow, nowNs);
        packet.release();
        return sent.size() == before ? null : sent.getLast();
    }

    /// `count` authenticated packets, `everyMs` apart.
    void media(Flow flow, int count, long everyMs) {
        for (int i = 0; i < count; i++) {
            ice.authenticated(flow, nowNs);
            passMs(everyMs);
        }
    }

    long count(SfuCounter counter) {
        return counters.get(counter);
    }

    @Override
    public void send(Packet packet, Flow flow) {
        sent.add(new Sent(packet.toBytes(), flow));
        packet.release();
    }

    @Override
    public void bound(Flow flow) {
        bound.add(flow);
    }

    @Override
    public void unbound(Flow flow) {
        bound.remove(flow);
    }

    @Override
    public void consent(ConsentState state) {
        states.add(state);
    }

    @Override
    public void selected(Flow flow) {
        selections.add(flow);
    }
}
