package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A client and a server with a bad network between them, in virtual time.
final class DtlsPair {
    static final long START_NS = new Simulation(0).nowNs();

    final Simulation simulation;
    final DtlsPeer client;
    final DtlsPeer server;

    DtlsPair(long seed, LinkConfig link) {
        this(new Simulation(seed), link);
    }

    private DtlsPair(Simulation simulation, LinkConfig link) {
        this(simulation, DtlsPeer.client(simulation), DtlsPeer.server(simulation), link);
    }

    DtlsPair(Simulation simulation, DtlsPeer client, DtlsPeer server, LinkConfig link) {
        this.simulation = simulation;
        this.client = client;
        this.server = server;
        client.network = through(link, server::receive);
        server.network = through(link, client::receive);
    }

    private Consumer<byte[]> through(LinkConfig config, Consumer<byte[]> receiver) {
        Link<byte[]> link = new Link<>(config, simulation.nextSeed(), simulation.nowNs());
        return bytes -> link.send(bytes, bytes.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> receiver.accept(packet.clone()));
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {}
        });
    }

    /// Each record travels in a datagram of its own.
    DtlsPair splitting() {
        client.network = splitting(client.network);
        server.network = splitting(server.network);
        return this;
    }

    private static Consumer<byte[]> splitting(Consumer<byte[]> network) {
        return datagram -> {
            RecordCursor cursor = new RecordCursor();
            cursor.reset(datagram, datagram.length);
            while (cursor.more() && cursor.next()) {
                network.accept(cursor.copy());
            }
        };
    }

    /// What `lost` says yes to never arrives.
    DtlsPair dropping(Predicate<byte[]> lost) {
        client.network = dropping(client.network, lost);
        server.network = dropping(server.network, lost);
        return this;
    }

    private static Consumer<byte[]> dropping(Consumer<byte[]> network, Predicate<byte[]> lost) {
        return datagram -> {
            if (!lost.test(datagram)) {
                network.accept(datagram);
            }
        };
    }

    DtlsPair serverSends(Consumer<byte[]> network) {
        server.network = network;
        return this;
    }

    long doneAfterMs() {
        return (Math.max(client.connectedNs, server.connectedNs) - START_NS) / 1_000_000;
    }

    void roundTripMs(long ms) {
        client.endpoint.roundTripNs(TimeUnit.MILLISECONDS.toNanos(ms));
        server.endpoint.roundTripNs(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    void run(long ms) {
        simulation.run(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    DtlsPair connect() {
        server.start();
        client.start();
        run(DtlsPeer.LIMITS.handshakeNs() / 1_000_000 + 1);
        return this;
    }

    boolean connected() {
        return client.endpoint.state() == DtlsState.CONNECTED && server.endpoint.state() == DtlsState.CONNECTED;
    }

    void assertConnectedWithSameKeys() {
        SrtpKeys ours = server.keys();
        SrtpKeys theirs = client.keys();
        assertThat(ours.profile()).isEqualTo(theirs.profile());
        assertThat(ours.clientKey()).isEqualTo(theirs.clientKey()).hasSize(16);
        assertThat(ours.serverKey()).isEqualTo(theirs.serverKey()).hasSize(16);
        assertThat(ours.clientSalt()).isEqualTo(theirs.clientSalt());
        assertThat(ours.serverSalt()).isEqualTo(theirs.serverSalt());
        assertThat(ours.clientKey()).isNotEqualTo(ours.serverKey());
    }

    void assertNothingLeft() {
        assertThat(client.packets.outstanding()).isZero();
        assertThat(server.packets.outstanding()).isZero();
    }
}
