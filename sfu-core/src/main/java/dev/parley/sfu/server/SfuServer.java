package dev.parley.sfu.server;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.api.SfuInfo;
import dev.parley.sfu.api.SfuRoom;
import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.edge.EdgeConfig;
import dev.parley.sfu.edge.MediaLoop;
import dev.parley.sfu.edge.UdpEdge;
import dev.parley.sfu.ice.IceCredentials;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.session.NegotiationWarmUp;
import dev.parley.sfu.session.SessionSettings;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The media engine of a process: the loops of the edge, what their sessions share, and the rooms by name. Callable
/// from any thread.
public final class SfuServer implements Sfu {
    /// Once in a process, beside the start.
    private static final class Warm {
        static final Thread UP = Thread.ofPlatform()
                .daemon()
                .name("negotiation-warm-up")
                .start(() -> NegotiationWarmUp.run(Limits.defaults()));
    }

    /// The media of those who join takes far more than their offers.
    private static final int LOOPS_PER_READER = 4;

    private final UdpEdge edge;
    private final List<SessionSettings> sessions;
    private final List<InetSocketAddress> announced;
    private final Limits limits;
    private final boolean tcpToo;
    private final Map<String, RoomEntry> rooms = new ConcurrentHashMap<>();
    private final LoopWatchdog watchdog = LoopWatchdog.start();
    private final OfferReaders offers;

    private SfuServer(UdpEdge edge, SfuConfig config, Limits limits) {
        this.edge = edge;
        this.limits = limits;
        this.tcpToo = config.tcpToo();
        this.offers = new OfferReaders(Math.max(1, edge.loops().size() / LOOPS_PER_READER), limits);
        this.announced = announced(config, edge.port());
        DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
        Objects.requireNonNull(Warm.UP);
        DtlsEndpoint.warmUp(certificate, limits);
        HalfOpenHandshakes halfOpen = new HalfOpenHandshakes(limits.halfOpenHandshakes());
        long wallOffsetNs = wallOffsetNs();
        this.sessions = edge.loops().stream()
                .map(loop -> settings(loop.loop(), certificate, halfOpen, wallOffsetNs))
                .toList();
    }

    /// Binds the port and starts the loops.
    ///
    /// @throws dev.parley.sfu.edge.PortOccupiedException when something else has the port
    public static SfuServer start(SfuConfig config) throws IOException {
        return start(config, Limits.defaults());
    }

    public static SfuServer start(SfuConfig config, Limits limits) throws IOException {
        EdgeConfig edge = EdgeConfig.everywhere(config.udpPort(), IceCredentials::loopOf)
                .withLoops(config.loops())
                .withNativeTransport(config.nativeTransport())
                .withLimits(limits);
        if (!config.bindAddresses().isEmpty()) {
            edge = edge.at(literals(config.bindAddresses()));
        }
        return new SfuServer(UdpEdge.start(edge), config, limits);
    }

    private static List<InetAddress> literals(List<String> addresses) {
        return addresses.stream().map(InetAddress::ofLiteral).toList();
    }

    private static List<InetSocketAddress> announced(SfuConfig config, int port) {
        return config.announcedAddresses().stream()
                .map(a -> a.getPort() == 0 ? new InetSocketAddress(a.getAddress(), port) : a)
                .toList();
    }

    private SessionSettings settings(
            MediaLoop loop, DtlsCertificate certificate, HalfOpenHandshakes halfOpen, long wallOffsetNs) {
        return new SessionSettings(
                loop,
                loop.index(),
                new Feeds(loop, limits),
                limits,
                Rng.secure(),
                certificate,
                DtlsRunner.offLoop(loop, halfOpen),
                SrtpCipherSuite.JCE,
                wallOffsetNs);
    }

    /// What makes Unix time of the loops' monotonic time; read once, so that all sender reports have one clock.
    private static long wallOffsetNs() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    }

    @Override
    public SfuRoom room(String roomId) {
        return new SfuRoom() {
            @Override
            public String id() {
                return roomId;
            }

            @Override
            public CompletionStage<JoinAnswer> join(JoinRequest request) {
                return enter(roomId).join(request);
            }
        };
    }

    /// The room with room for one more: it does not end before that one has come in or was refused.
    private RoomEntry enter(String roomId) {
        return rooms.compute(roomId, (id, known) -> {
            RoomEntry room = known != null
                    ? known
                    : new RoomEntry(id, this, edge.leastLoaded().loop());
            room.expect();
            return room;
        });
    }

    /// A room has become empty, or nobody is on the way in any more.
    void endIfUnused(RoomEntry room) {
        rooms.computeIfPresent(room.id(), (_, known) -> known == room && room.unused() ? null : known);
    }

    SessionSettings leastLoaded() {
        return sessions.get(edge.leastLoaded().index());
    }

    OfferReaders offers() {
        return offers;
    }

    Limits limits() {
        return limits;
    }

    List<Candidate> candidates(@Nullable InetSocketAddress reachedAt) {
        return Candidates.of(edge.addresses(), announced, reachedAt, edge.port(), tcpToo);
    }

    @Override
    public TcpInput accept(TcpConnection connection) {
        return edge.tcp().accept(connection);
    }

    /// For the export of what the loops count.
    UdpEdge edge() {
        return edge;
    }

    LoopWatchdog watchdog() {
        return watchdog;
    }

    /// A counter's sum over the loops, as of a moment ago.
    public long count(SfuCounter counter) {
        return edge.count(counter);
    }

    int rooms() {
        return rooms.size();
    }

    @Override
    public SfuInfo info() {
        return new SfuInfo(
                edge.port(),
                edge.addresses().stream()
                        .map(a -> a.getAddress().getHostAddress())
                        .toList(),
                edge.loops().size(),
                edge.transport(),
                edge.receiveBufferBytes(),
                edge.wantedBufferBytes());
    }

    @Override
    public void close() {
        watchdog.close();
        offers.close();
        rooms.values().forEach(room -> room.end(CloseReason.SHUTDOWN));
        edge.close();
    }
}
