package dev.parley.sfu.edge;

import dev.parley.sfu.base.SfuCounter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One socket group for each local address, as addresses come and go. An address that comes gets a new group, one that
/// stays away loses its own; no group changes, so flows elsewhere keep their sockets. One thread that is none of the
/// loops; `present` may be read by any.
final class SocketGroups {
    private static final Logger log = LoggerFactory.getLogger(SocketGroups.class);

    private final EdgeConfig config;
    private final SocketTransport transport;
    private final List<MediaLoop> loops;
    private final Map<InetAddress, SocketGroup> groups = new LinkedHashMap<>();
    private final Map<InetAddress, Long> missingSinceNs = new LinkedHashMap<>();
    private final Set<InetAddress> refused = new HashSet<>();
    private volatile List<InetSocketAddress> present = List.of();
    private boolean readable = true;
    private int port;

    SocketGroups(EdgeConfig config, SocketTransport transport, List<MediaLoop> loops) {
        this.config = config;
        this.transport = transport;
        this.loops = loops;
    }

    /// Opens all that are there.
    void start() throws IOException {
        List<InetAddress> wanted = scan();
        port = PortProbe.free(config.port(), wanted);
        for (InetAddress address : wanted) {
            try {
                open(address);
            } catch (IOException e) {
                if (config.strict()) {
                    throw e;
                }
                refuse(address, e);
            }
        }
        if (groups.isEmpty()) {
            throw new IOException("no local address could be bound at UDP port " + port + ", tried " + wanted);
        }
        publish(wanted);
    }

    /// Follows what has changed since; failures are tried again the next time.
    void rescan(long nowNs) {
        try {
            List<InetAddress> wanted = scan();
            for (InetAddress address : wanted) {
                missingSinceNs.remove(address);
                if (!groups.containsKey(address)) {
                    tryToOpen(address);
                }
            }
            closeMissing(wanted, nowNs);
            publish(wanted);
            readable = true;
        } catch (IOException | RuntimeException e) {
            if (readable) {
                log.warn("The local addresses cannot be read; those known stay", e);
            }
            readable = false;
        }
    }

    void close() {
        groups.values().forEach(SocketGroup::close);
        groups.clear();
        present = List.of();
    }

    int port() {
        return port;
    }

    /// Where media is received now, best first.
    List<InetSocketAddress> present() {
        return present;
    }

    SocketGroup any() {
        return groups.values().iterator().next();
    }

    private List<InetAddress> scan() throws IOException {
        List<InetAddress> found = config.source().addresses();
        int max = config.limits().localAddresses();
        if (found.size() <= max) {
            return found;
        }
        loops.getFirst().post(() -> loops.getFirst().counters().add(SfuCounter.LIMIT_LOCAL_ADDRESSES));
        return found.subList(0, max);
    }

    private void open(InetAddress address) throws IOException {
        groups.put(address, SocketGroup.open(new InetSocketAddress(address, port), transport, loops));
        refused.remove(address);
    }

    private void tryToOpen(InetAddress address) {
        try {
            open(address);
            log.info("Receiving media at a further local address");
        } catch (IOException e) {
            refuse(address, e);
        }
    }

    private void refuse(InetAddress address, IOException cause) {
        if (refused.add(address)) {
            log.warn("A local address cannot be bound for now: {}", cause.getMessage());
        }
    }

    private void closeMissing(List<InetAddress> wanted, long nowNs) {
        Set<InetAddress> there = new HashSet<>(wanted);
        refused.retainAll(there);
        for (Iterator<Map.Entry<InetAddress, SocketGroup>> i = groups.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<InetAddress, SocketGroup> entry = i.next();
            if (there.contains(entry.getKey())) {
                continue;
            }
            long sinceNs = missingSinceNs.computeIfAbsent(entry.getKey(), _ -> nowNs);
            if (nowNs - sinceNs >= config.lingerNs()) {
                missingSinceNs.remove(entry.getKey());
                entry.getValue().close();
                i.remove();
                log.info("A local address has been gone for a while; its sockets are closed");
            }
        }
    }

    private void publish(List<InetAddress> wanted) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : wanted) {
            SocketGroup group = groups.get(address);
            if (group != null) {
                addresses.add(group.address());
            }
        }
        present = List.copyOf(addresses);
    }
}
