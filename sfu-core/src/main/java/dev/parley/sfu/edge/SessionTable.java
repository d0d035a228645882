package dev.parley.sfu.edge;

import dev.parley.sfu.base.Flow;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who gets a datagram, as one loop knows it: by flow, for the flows bound by endpoints of any loop; by ufrag, for this
/// loop's own endpoints. Only authenticated endpoints put anything in, at most a few flows each. One loop only.
final class SessionTable {
    /// The one of an ICE restart and the one before, which the client uses until the restart is done.
    private static final int UFRAGS_MAX = 2;

    private final Map<InetSocketAddress, Map<InetSocketAddress, Route>> routesByLocal = new HashMap<>();
    private final Map<String, Endpoint> byUfrag = new HashMap<>();
    private final Map<Endpoint, Membership> members = new IdentityHashMap<>();

    /// What an own endpoint occupies, so that nothing of it stays.
    private record Membership(ArrayDeque<String> ufrags, Set<Flow> flows) {}

    int size() {
        return members.size();
    }

    /// False when it is there already or its ufrag belongs to another one.
    boolean add(Endpoint endpoint) {
        if (members.containsKey(endpoint) || byUfrag.containsKey(endpoint.localUfrag())) {
            return false;
        }
        members.put(endpoint, new Membership(new ArrayDeque<>(), new LinkedHashSet<>()));
        return alias(endpoint, endpoint.localUfrag());
    }

    /// A further ufrag of the same endpoint; of more than two the oldest is forgotten.
    boolean alias(Endpoint endpoint, String ufrag) {
        Membership membership = members.get(endpoint);
        if (membership == null || byUfrag.putIfAbsent(ufrag, endpoint) != null) {
            return false;
        }
        membership.ufrags.addLast(ufrag);
        if (membership.ufrags.size() > UFRAGS_MAX) {
            byUfrag.remove(membership.ufrags.removeFirst());
        }
        return true;
    }

    boolean has(Endpoint endpoint) {
        return members.containsKey(endpoint);
    }

    /// Takes an own endpoint out with all that names it.
    ///
    /// @return the flows that it had bound
    List<Flow> remove(Endpoint endpoint) {
        Membership membership = members.remove(endpoint);
        if (membership == null) {
            return List.of();
        }
        membership.ufrags.forEach(byUfrag::remove);
        membership.flows.forEach(flow -> unlearn(flow, endpoint));
        return new ArrayList<>(membership.flows);
    }

    List<Endpoint> endpoints() {
        return List.copyOf(members.keySet());
    }

    @Nullable
    Endpoint byUfrag(String ufrag) {
        return byUfrag.get(ufrag);
    }

    /// An own endpoint's flow. False when the endpoint is not of this loop.
    boolean bind(Endpoint endpoint, Flow flow, int loop) {
        Membership membership = members.get(endpoint);
        if (membership == null) {
            return false;
        }
        membership.flows.add(flow);
        learn(new Route(flow, loop, endpoint, endpoint));
        return true;
    }

    boolean unbind(Endpoint endpoint, Flow flow) {
        Membership membership = members.get(endpoint);
        unlearn(flow, endpoint);
        return membership != null && membership.flows.remove(flow);
    }

    /// The newest owner of a flow wins: an address may come back with another participant behind it.
    void learn(Route route) {
        routes(route.flow().local()).put(route.flow().remote(), route);
    }

    /// Forgets a flow, unless someone else has bound it since.
    void unlearn(Flow flow, Object owner) {
        Map<InetSocketAddress, Route> routes = routesByLocal.get(flow.local());
        Route route = routes == null ? null : routes.get(flow.remote());
        if (routes != null && route != null && route.owner() == owner) {
            routes.remove(flow.remote());
        }
    }

    /// The routes of one local address, by remote address: a socket keeps this map at hand.
    Map<InetSocketAddress, Route> routes(InetSocketAddress local) {
        return routesByLocal.computeIfAbsent(local, _ -> new HashMap<>());
    }

    int routeCount() {
        return routesByLocal.values().stream().mapToInt(Map::size).sum();
    }
}
