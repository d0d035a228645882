package dev.parley.sfu.sim;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Path;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The network between one client and the server: a bad path each way, and a NAT whose address may change.
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
    private int strayBytes;

    /// @param client a number, which becomes its address
    SimNet(Simulation simulation, LinkConfig link, int client, Ends ends) {
        this.simulation = simulation;
        this.path = new Path<>(link, link, simulation.nextSeed(), simulation.nowNs());
        this.client = client;
        this.ends = ends;
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
        return Flow.udp(SERVER, new InetSocketAddress(literal("198.51.100." + (client % HOSTS + 1)), port));
    }

    /// What the server sent for this client to addresses that are not its.
    int strayBytes() {
        return strayBytes;
    }

    void toServer(byte[] datagram) {
        Flow flow = flow();
        tap.datagram(datagram, true);
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

    /// What goes to an address that the client had before is lost.
    void toClient(byte[] datagram, Flow flow) {
        tap.datagram(datagram, false);
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
