package dev.parley.sfu.sim;

import dev.parley.netsim.Simulation;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.room.Entrance;
import dev.parley.sfu.room.Room;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.session.Session;
import dev.parley.sfu.session.SessionOutput;
import dev.parley.sfu.session.SessionSettings;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.stun.StunCodec;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The engine's rooms and sessions in virtual time: everything of the server but its sockets. One room, several loops.
final class SimServer {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    private static final List<Candidate> CANDIDATES = List.of(new Candidate(
            "u0",
            1,
            "udp",
            2_130_706_431L,
            SimNet.SERVER.getAddress().getHostAddress(),
            SimNet.SERVER.getPort(),
            "host",
            null));

    private final List<SimLoop> loops = new ArrayList<>();
    private final List<SessionSettings> settings = new ArrayList<>();
    private final Map<String, SimSession> byUfrag = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private final Map<ParticipantId, SimSession> byParticipant = new HashMap<>();
    private final Map<Flow, SimSession> byFlow = new HashMap<>();
    private final Room room;
    private final HalfOpenHandshakes handshakes;
    private int joins;
    private int live;

    SimServer(Simulation simulation, int loopCount, SrtpCipherSuite ciphers, Limits limits) {
        handshakes = new HalfOpenHandshakes(limits.halfOpenHandshakes());
        for (int i = 0; i < loopCount; i++) {
            SimLoop loop = new SimLoop(simulation);
            loops.add(loop);
            settings.add(new SessionSettings(
                    loop,
                    i,
                    new Feeds(loop, limits),
                    limits,
                    Rng.seeded(simulation.nextSeed()),
                    CERTIFICATE,
                    DtlsRunner.lockStep(handshakes),
                    ciphers,
                    0));
        }
        room = new Room("sim", loops.getFirst(), limits, () -> live--);
    }

    /// One session's way to its client.
    private final class SimSession implements SessionOutput {
        private final Session session;
        private final SimLoop loop;
        private final SimNet net;

        private SimSession(Session session, SimLoop loop, SimNet net) {
            this.session = session;
            sessions.add(session);
            this.loop = loop;
            this.net = net;
        }

        @Override
        public void send(Packet datagram, Flow flow) {
            net.toClient(datagram, flow);
        }

        @Override
        public boolean takes(int ssrc, Flow flow) {
            return flow.protocol() != Flow.Protocol.TCP || net.stream().takes(ssrc);
        }

        @Override
        public void bound(Flow flow) {
            byFlow.put(flow, this);
        }

        @Override
        public void unbound(Flow flow) {
            byFlow.remove(flow, this);
            if (flow.protocol() == Flow.Protocol.TCP) {
                net.stream().close();
            }
        }

        @Override
        public void ufrag(String localUfrag) {
            byUfrag.put(localUfrag, this);
        }

        @Override
        public void ended() {
            byUfrag.values().removeIf(this::equals);
            byFlow.values().removeIf(this::equals);
        }

        private void receive(byte[] datagram, Flow flow) {
            loop.post(() -> {
                Packet packet = loop.packets().take(datagram);
                packet.arrivalNs(loop.nowNs());
                session.receive(packet, flow, loop.nowNs());
            });
        }
    }

    CompletableFuture<JoinAnswer> join(JoinRequest request, SimNet net) {
        CompletableFuture<JoinAnswer> answer = new CompletableFuture<>();
        int index = joins++ % loops.size();
        SimLoop loop = loops.get(index);
        live++;
        loop.post(() -> Entrance.join(
                room,
                request,
                SdpParser.parse(request.offer(), settings.get(index).limits()),
                settings.get(index),
                () -> CANDIDATES,
                session -> {
                    SimSession made = new SimSession(session, loop, net);
                    byParticipant.put(request.participant(), made);
                    return made;
                },
                answer));
        return answer;
    }

    /// Runs a command on a participant's session.
    void onSession(ParticipantId of, Consumer<Session> command) {
        SimSession known = Objects.requireNonNull(byParticipant.get(of));
        known.loop.post(() -> command.accept(known.session));
    }

    /// Who encrypts for those who join from now on.
    void ciphers(SrtpCipherSuite suite) {
        settings.replaceAll(s -> new SessionSettings(
                s.loop(),
                s.loopIndex(),
                s.feeds(),
                s.limits(),
                s.rng(),
                s.certificate(),
                s.dtlsRunner(),
                suite,
                s.wallOffsetNs()));
    }

    /// A datagram has come in from the network.
    ///
    /// @return false when it came from an address that is nobody's
    boolean receive(byte[] datagram, Flow flow) {
        SimSession session = byFlow.get(flow);
        if (session == null) {
            session = bySuchUfrag(datagram);
        }
        if (session != null) {
            session.receive(datagram, flow);
        }
        return session != null;
    }

    /// A datagram that an edge which mixes addresses up gives to everybody, though it came from someone else.
    void misdeliver(byte[] datagram, Flow flow) {
        Set.copyOf(byUfrag.values()).forEach(session -> session.receive(datagram, flow));
    }

    private @Nullable SimSession bySuchUfrag(byte[] datagram) {
        String ufrag = StunCodec.localUfrag(datagram, 0, datagram.length);
        return ufrag == null ? null : byUfrag.get(ufrag);
    }

    /// Of those who have joined, also when they left since, in the order of joining.
    List<Session> sessions() {
        return sessions;
    }

    Room room() {
        return room;
    }

    long count(SfuCounter counter) {
        return loops.stream().mapToLong(loop -> loop.counters().get(counter)).sum();
    }

    long measured(SfuDelay delay) {
        return loops.stream()
                .mapToLong(loop -> loop.counters().delays(delay).count())
                .sum();
    }

    /// What must be nothing when everybody is gone: packets out of their pools, feeds, timers, addresses, handshakes.
    Map<String, Integer> leftOver() {
        Map<String, Integer> left = new HashMap<>();
        left.put(
                "packets",
                loops.stream().mapToInt(l -> l.packets().outstanding()).sum());
        left.put("timers", loops.stream().mapToInt(SimLoop::timers).sum());
        left.put("feeds", settings.stream().mapToInt(s -> s.feeds().size()).sum());
        left.put("addresses", byFlow.size() + byUfrag.size());
        left.put("handshakes", handshakes.count());
        left.put("members", room.size());
        return left;
    }
}
