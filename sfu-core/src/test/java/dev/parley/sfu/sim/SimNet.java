package dev.parley.sfu.sim;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Path;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The network between one client and the server: a bad path each way and a NAT whose address may change, or a TCP
/// connection.
final class SimNet {
    static final InetSocketAddress SERVER = new InetSocketAddress(literal("192.0.2.1"), 8443);

    /// Clients with addresses of their own; more share them with other ports, as behind one NAT.
    private static final int HOSTS = 250;

    private static final int PORTS = 1_000;

    /// Where datagrams that arrive go, and those that never do.
    interface Ends {
        void atServer(byte[] datagram, Flow flow);

        /// @param sentNs when the server sent it
        void atClient(byte[] datagram, long sentNs);

        void lostToServer(byte[] datagram);

        void lostToClient(byte[] datagram);
    }

    /// Sees each datagram as it is sent, before anything happens to it.
    interface Tap {
        void datagram(byte[] datagram, boolean up);
    }

    private final Simulation simulation;
    private final Path<byte[]> path;
    private final int client;
    private final Ends ends;
    private Tap tap = (datagram, up) -> {};
    private final @Nullable SimStream stream;
    private int strayBytes;

    /// @param client a number, which becomes its address
    SimNet(Simulation simulation, SimAccess access, int client, Ends ends) {
        LinkConfig link = access.link();
        this.simulation = simulation;
        this.path = new Path<>(link, link, simulation.nextSeed(), simulation.nowNs());
        this.client = client;
        this.ends = ends;
        this.stream = access.tcp() ? new SimStream(simulation, access, this, ends) : null;
    }

    void tap(Tap newTap) {
        tap = newTap;
    }

    Path<byte[]> path() {
        return path;
    }

    /// How the server sees the client now.
    Flow flow() {
        int port = 40_000 + client / HOSTS * PORTS + path.address(simulation.nowNs()) % PORTS;
        return flow(SERVER, new InetSocketAddress(literal("198.51.100." + (client % HOSTS + 1)), port));
    }

    /// How the client sees its way to the server.
    Flow clientFlow() {
        return flow(flow().remote(), SERVER);
    }

    private Flow flow(InetSocketAddress local, InetSocketAddress remote) {
        return stream == null ? Flow.udp(local, remote) : Flow.tcp(local, remote);
    }

    /// The client's TCP connection; there must be one.
    SimStream stream() {
        return Objects.requireNonNull(stream);
    }

    /// What the server sent for this client to addresses that are not its.
    int strayBytes() {
        return strayBytes;
    }

    void toServer(byte[] datagram) {
        Flow flow = flow();
        tap.datagram(datagram, true);
        if (stream != null) {
            stream.toServer(datagram);
            return;
        }
        path.up().send(datagram, datagram.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> ends.atServer(packet, flow));
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {
                ends.lostToServer(packet);
            }
        });
    }

    /// Takes over the packet. What goes to an address that the client had before is lost.
    void toClient(Packet packet, Flow flow) {
        byte[] datagram = packet.toBytes();
        tap.datagram(datagram, false);
        if (stream != null) {
            stream.toClient(packet);
            return;
        }
        packet.release();
        long sentNs = simulation.nowNs();
        if (!flow.equals(flow())) {
            strayBytes += datagram.length;
            ends.lostToClient(datagram);
            return;
        }
        path.down().send(datagram, datagram.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> ends.atClient(packet, sentNs));
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {
                ends.lostToClient(packet);
            }
        });
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
