package dev.parley.sfu.dtls;

import dev.parley.netsim.Event;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An endpoint in virtual time that remembers what came out of it. Where its datagrams go is up to the test.
final class DtlsPeer implements DtlsOutput {
    static final Limits LIMITS = Limits.defaults();
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate SERVER_CERTIFICATE = certificate();
    static final DtlsCertificate CLIENT_CERTIFICATE = certificate();

    final Counters counters = new Counters();
    final PacketPool packets = new PacketPool(16);
    final List<byte[]> sent = new ArrayList<>();
    final List<byte[]> data = new ArrayList<>();
    final DtlsEndpoint endpoint;
    private final Simulation simulation;
    Consumer<byte[]> network = bytes -> {};

    @Nullable
    SrtpKeys keys;

    @Nullable
    DtlsFailure failure;

    boolean closed;
    long connectedNs;
    private @Nullable Event timer;
    private long timerNs = Deadlines.NEVER;

    DtlsPeer(
            Simulation simulation,
            DtlsRole role,
            DtlsCertificate own,
            List<Fingerprint> expected,
            DtlsRunner runner,
            Limits limits) {
        this.simulation = simulation;
        endpoint = new DtlsEndpoint(role, own, expected, runner, limits, counters, packets, this);
    }

    static DtlsCertificate certificate() {
        return DtlsCertificate.generate(RANDOM, Instant.EPOCH);
    }

    static DtlsPeer server(Simulation simulation) {
        return server(simulation, LIMITS, lockStep());
    }

    static DtlsPeer server(Simulation simulation, Limits limits, DtlsRunner runner) {
        List<Fingerprint> expected = List.of(CLIENT_CERTIFICATE.fingerprint());
        return new DtlsPeer(simulation, DtlsRole.SERVER, SERVER_CERTIFICATE, expected, runner, limits);
    }

    static DtlsPeer client(Simulation simulation) {
        List<Fingerprint> expected = List.of(SERVER_CERTIFICATE.fingerprint());
        return new DtlsPeer(simulation, DtlsRole.CLIENT, CLIENT_CERTIFICATE, expected, lockStep(), LIMITS);
    }

    /// A server that knows other fingerprints than the client's.
    static DtlsPeer server(Simulation simulation, List<Fingerprint> expected) {
        return new DtlsPeer(simulation, DtlsRole.SERVER, SERVER_CERTIFICATE, expected, lockStep(), LIMITS);
    }

    static DtlsRunner lockStep() {
        return DtlsRunner.lockStep(new HalfOpenHandshakes(LIMITS.halfOpenHandshakes()));
    }

    void start() {
        endpoint.start(simulation.nowNs());
        rearm();
    }

    void receive(byte[] datagram) {
        Packet packet = packets.take(datagram);
        endpoint.receive(packet, simulation.nowNs());
        packet.release();
        rearm();
    }

    void close() {
        endpoint.close(simulation.nowNs());
        rearm();
    }

    boolean say(byte[] bytes) {
        return endpoint.send(bytes, 0, bytes.length);
    }

    void run(long ms) {
        simulation.run(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private void rearm() {
        long next = endpoint.nextTimeNs();
        if (next == timerNs) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerNs = next;
        timer = next == Deadlines.NEVER ? null : simulation.at(next, this::onTime);
    }

    private void onTime() {
        timerNs = Deadlines.NEVER;
        timer = null;
        endpoint.onTime(simulation.nowNs());
        rearm();
    }

    SrtpKeys keys() {
        if (keys == null) {
            throw new AssertionError("not connected: " + endpoint.state() + " " + failure);
        }
        return keys;
    }

    @Override
    public void send(Packet datagram) {
        byte[] bytes = datagram.toBytes();
        datagram.release();
        sent.add(bytes);
        network.accept(bytes);
    }

    @Override
    public void connected(SrtpKeys exported) {
        keys = exported;
        connectedNs = simulation.nowNs();
    }

    @Override
    public void failed(DtlsFailure reason) {
        failure = reason;
    }

    @Override
    public void closed() {
        closed = true;
    }

    @Override
    public void applicationData(byte[] array, int offset, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(array, offset, copy, 0, length);
        data.add(copy);
    }
}
