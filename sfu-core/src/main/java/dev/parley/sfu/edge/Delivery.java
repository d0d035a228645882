package dev.parley.sfu.edge;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way of a datagram from a socket, or of a frame from a stream, to its endpoint, on this loop or another one. One
/// loop only.
///
/// A STUN request goes to whom its USERNAME names, wherever it comes from: behind a known address there may be someone
/// new. Everything else goes to whoever bound the flow. What neither names is dropped after one look-up.
final class Delivery {
    private final MediaLoop loop;
    private final Counters counters;
    private final SessionTable table;
    private final UfragOwner owners;
    private HandOver[] handOvers = {};

    Delivery(MediaLoop loop, SessionTable table, UfragOwner owners) {
        this.loop = loop;
        this.counters = loop.counters();
        this.table = table;
        this.owners = owners;
    }

    void join(List<MediaLoop> loops) {
        int max = loop.limits().handOverPackets();
        handOvers = loops.stream().map(to -> new HandOver(loop, to, max)).toArray(HandOver[]::new);
    }

    /// @param routes those of the local address
    void read(
            ByteBuf datagram, InetSocketAddress local, InetSocketAddress remote, Map<InetSocketAddress, Route> routes) {
        int length = datagram.readableBytes();
        Route route = routes.get(remote);
        boolean stun = StunPeek.looksLikeStun(datagram);
        if (route == null && !stun) {
            route = learnedJustNow(remote, routes);
        }
        if (route == null && !stun) {
            counters.add(SfuCounter.UNKNOWN_SOURCE);
        } else if (length > Packet.CAPACITY) {
            counters.add(SfuCounter.TOO_LONG);
        } else {
            Packet packet = loop.packets().take();
            datagram.getBytes(datagram.readerIndex(), packet.array(), 0, length);
            packet.length(length);
            packet.arrivalNs(loop.nowNs());
            deliver(packet, route, route == null ? Flow.udp(local, remote) : route.flow(), true);
        }
    }

    /// A datagram that another loop read. It stays that loop's; it is not handed on a second time.
    void handedOver(Packet foreign, Flow flow) {
        Packet packet = loop.packets().take();
        packet.copyFrom(foreign);
        deliver(packet, table.routes(flow.local()).get(flow.remote()), flow, false);
    }

    /// A frame of a TCP connection, which is read on the loop that its first check named.
    ///
    /// @param route null before the connection was bound
    void framed(Packet packet, Flow flow, @Nullable Route route) {
        deliver(packet, route, flow, false);
    }

    void flush() {
        for (HandOver handOver : handOvers) {
            handOver.flush();
        }
    }

    /// An owner on another loop posts its new flow before it answers the check. So when a client's next datagram has
    /// arrived, the news has as well, but may still wait for its turn.
    private @Nullable Route learnedJustNow(InetSocketAddress remote, Map<InetSocketAddress, Route> routes) {
        loop.commands().runPending();
        return routes.get(remote);
    }

    private void deliver(Packet packet, @Nullable Route route, Flow flow, boolean readHere) {
        if (StunPeek.isRequest(packet)) {
            toNamed(packet, route, flow, readHere);
        } else if (route != null && route.endpoint() != null) {
            hand(packet, flow, route.endpoint());
        } else if (route != null && readHere) {
            handOver(packet, flow, route.loop());
        } else {
            drop(packet, SfuCounter.UNKNOWN_SOURCE);
        }
    }

    private void toNamed(Packet request, @Nullable Route route, Flow flow, boolean readHere) {
        String ufrag = StunPeek.localUfrag(request);
        if (ufrag == null) {
            drop(request, SfuCounter.STUN_MALFORMED);
            return;
        }
        int owner = owners.loopOf(ufrag);
        if (owner != loop.index() && readHere) {
            handOver(request, flow, owner);
            return;
        }
        Endpoint named = table.byUfrag(ufrag);
        if (named == null) {
            drop(request, SfuCounter.STUN_UNKNOWN_UFRAG);
        } else {
            hand(request, route != null && route.endpoint() == named ? route.flow() : flow, named);
        }
    }

    /// An endpoint that is removed while it receives must not come back into the timers: so it is touched before.
    private void hand(Packet packet, Flow flow, Endpoint endpoint) {
        loop.touched(endpoint.timed());
        try {
            endpoint.receive(packet, flow, loop.nowNs());
        } catch (Throwable fault) {
            loop.endpointFailed(endpoint, fault);
        }
    }

    private void handOver(Packet packet, Flow flow, int owner) {
        if (owner < 0 || owner >= handOvers.length) {
            drop(packet, SfuCounter.STUN_UNKNOWN_UFRAG);
        } else if (!handOvers[owner].add(packet, flow)) {
            drop(packet, SfuCounter.HAND_OVER_FULL);
        }
    }

    private void drop(Packet packet, SfuCounter reason) {
        counters.add(reason);
        packet.release();
    }
}
