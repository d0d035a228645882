package dev.parley.sfu.ice;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Event;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Path;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A client and a lite agent with a bad network between them, in virtual time: the client behind a NAT that can
/// forget it, with an address of its own that can change, and packets every 20 ms in both directions that stand
/// for media.
final class IceWorld {
    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 7882);
    private static final byte[] MEDIA = {(byte) 0x80};
    private static final long MEDIA_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /// A datagram and who it is from and for, as the network between sees it.
    record Datagram(byte[] bytes, InetSocketAddress from, InetSocketAddress to) {}

    /// When media last arrived, and the longest pause so far.
    final class Stream {
        long packets;
        long lastNs;
        long longestGapNs;

        void arrived() {
            longestGapNs = Math.max(longestGapNs, gapNs());
            lastNs = sim.nowNs();
            packets++;
        }

        long gapNs() {
            return packets == 0 ? 0 : sim.nowNs() - lastNs;
        }

        void forgetGaps() {
            longestGapNs = 0;
        }
    }

    final Simulation sim;
    final Path<Datagram> path;
    final Rng rng;
    final Counters counters = new Counters();
    final PacketPool pool = new PacketPool(64);
    final IceCredentials serverCredentials;
    final IceCredentials clientCredentials;
    final IceLite server;
    final IceClient client;
    final Stream up = new Stream();
    final Stream down = new Stream();
    final List<ConsentState> states = new ArrayList<>();
    final List<IceClientState> clientStates = new ArrayList<>();
    final List<Flow> selections = new ArrayList<>();
    final List<Datagram> overheard = new ArrayList<>();
    boolean clientSendsMedia = true;
    private final Timer serverTimer;
    private final Timer clientTimer;
    private int clientHost = 1;
    private boolean clientGone;

    IceWorld(long seed, LinkConfig link, IceClientSettings settings) {
        sim = new Simulation(seed);
        path = new Path<>(link, link, sim.nextSeed(), sim.nowNs());
        rng = Rng.seeded(sim.nextSeed());
        serverCredentials = IceCredentials.local(rng, 0);
        clientCredentials = IceCredentials.local(rng, 0);
        server = new IceLite(
                serverCredentials, clientCredentials, Limits.defaults(), counters, pool, serverOutput(), sim.nowNs());
        client = new IceClient(
                clientCredentials,
                serverCredentials,
                List.of(clientFlow()),
                settings,
                rng,
                pool,
                clientOutput(),
                sim.nowNs());
        serverTimer = new Timer(server::nextTimeNs, server::onTime);
        clientTimer = new Timer(client::nextTimeNs, client::onTime);
        server.active(true);
        touch();
        sim.every(MEDIA_NS, this::media);
    }

    void runMs(long ms) {
        sim.run(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    void blackoutMs(long ms) {
        path.blackout(sim.nowNs(), TimeUnit.MILLISECONDS.toNanos(ms));
    }

    /// The client's own address changes and it notices: another network.
    void roam() {
        clientHost++;
        client.flows(List.of(clientFlow()), sim.nowNs());
        touch();
    }

    /// The client stops without a word.
    void vanish() {
        clientGone = true;
    }

    /// Someone who overheard this sends it again, from an address of their own.
    void replay(byte[] bytes) {
        atServer(new Datagram(bytes, new InetSocketAddress("203.0.113.200", 4_000), SERVER));
    }

    void touch() {
        serverTimer.set();
        clientTimer.set();
    }

    private Flow clientFlow() {
        return Flow.udp(new InetSocketAddress("198.51.100." + clientHost, 5_000), SERVER);
    }

    /// How the server sees the client: its NAT gives it another port after each time it forgot.
    private InetSocketAddress mapped() {
        return new InetSocketAddress("203.0.113." + clientHost, 40_000 + path.address(sim.nowNs()));
    }

    private void media() {
        Flow fromClient = client.selected();
        if (fromClient != null && clientSendsMedia && !clientGone) {
            sendUp(MEDIA, fromClient);
        }
        Flow fromServer = server.selected();
        if (fromServer != null) {
            sendDown(MEDIA, fromServer);
        }
    }

    private void sendUp(byte[] bytes, Flow flow) {
        if (clientGone || !flow.equals(clientFlow())) {
            return;
        }
        Datagram datagram = new Datagram(bytes, mapped(), flow.remote());
        path.up().send(datagram, bytes.length + 28, sim.nowNs(), deliver(this::atServer));
    }

    private void sendDown(byte[] bytes, Flow flow) {
        Datagram datagram = new Datagram(bytes, flow.local(), flow.remote());
        path.down().send(datagram, bytes.length + 28, sim.nowNs(), deliver(this::atClient));
    }

    private void atServer(Datagram datagram) {
        Flow flow = Flow.udp(datagram.to(), datagram.from());
        if (datagram.bytes() == MEDIA) {
            if (server.isBound(flow)) {
                server.authenticated(flow, sim.nowNs());
                up.arrived();
            }
        } else {
            overheard.add(datagram);
            Packet packet = pool.take(datagram.bytes());
            server.receive(packet, flow, sim.nowNs());
            packet.release();
        }
        touch();
    }

    private void atClient(Datagram datagram) {
        if (clientGone || !datagram.to().equals(mapped())) {
            return;
        }
        if (datagram.bytes() == MEDIA) {
            down.arrived();
        } else {
            Packet packet = pool.take(datagram.bytes());
            client.receive(packet, clientFlow(), sim.nowNs());
            packet.release();
        }
        touch();
    }

    private Link.Outcome<Datagram> deliver(Consumer<Datagram> receiver) {
        return new Link.Outcome<>() {
            @Override
            public void arrives(Datagram datagram, long atNs) {
                sim.at(atNs, () -> receiver.accept(datagram));
            }

            @Override
            public void dropped(Datagram datagram, DropCause cause) {}
        };
    }

    private IceOutput serverOutput() {
        return new IceOutput() {
            @Override
            public void send(Packet packet, Flow flow) {
                sendDown(packet.toBytes(), flow);
                packet.release();
            }

            @Override
            public void bound(Flow flow) {}

            @Override
            public void unbound(Flow flow) {}

            @Override
            public void consent(ConsentState state) {
                states.add(state);
            }

            @Override
            public void selected(Flow flow) {
                selections.add(flow);
            }
        };
    }

    private IceClientOutput clientOutput() {
        return new IceClientOutput() {
            @Override
            public void send(Packet packet, Flow flow) {
                sendUp(packet.toBytes(), flow);
                packet.release();
            }

            @Override
            public void state(IceClientState state) {
                clientStates.add(state);
            }

            @Override
            public void selected(Flow flow) {}
        };
    }

    /// Calls one agent when it is due.
    private final class Timer {
        private final LongSupplier nextTimeNs;
        private final LongConsumer onTime;
        private @Nullable Event event;
        private long setForNs = Deadlines.NEVER;

        Timer(LongSupplier nextTimeNs, LongConsumer onTime) {
            this.nextTimeNs = nextTimeNs;
            this.onTime = onTime;
        }

        void set() {
            long dueNs = nextTimeNs.getAsLong();
            if (dueNs == setForNs) {
                return;
            }
            if (event != null) {
                event.cancel();
            }
            setForNs = dueNs;
            event = dueNs == Deadlines.NEVER ? null : sim.at(dueNs, this::due);
        }

        private void due() {
            setForNs = Deadlines.NEVER;
            event = null;
            onTime.accept(sim.nowNs());
            touch();
        }
    }
}
