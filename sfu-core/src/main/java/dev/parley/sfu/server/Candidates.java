package dev.parley.sfu.server;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.ice.HostCandidate;
import dev.parley.sfu.sdp.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which addresses an answer names: every one that is bound now, those of the configuration, and the one by which this
/// client reached the page, so that most port mappings need no setting; for UDP, then where wanted for TCP
/// ([RFC 6544](https://www.rfc-editor.org/rfc/rfc6544) passive).
final class Candidates {
    private Candidates() {}

    /// @param reachedAt with port 0 where only the address is known: then with the media port
    static List<Candidate> of(
            List<InetSocketAddress> bound,
            List<InetSocketAddress> announced,
            @Nullable InetSocketAddress reachedAt,
            int mediaPort,
            boolean tcpToo) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>(bound);
        addresses.addAll(announced);
        if (reachedAt != null) {
            addresses.add(withMediaPort(reachedAt, mediaPort));
        }
        addresses.removeIf(
                address -> address.getAddress() == null || address.getAddress().isAnyLocalAddress());
        List<Candidate> candidates = new ArrayList<>();
        add(Flow.Protocol.UDP, addresses, candidates);
        if (tcpToo) {
            add(Flow.Protocol.TCP, addresses, candidates);
        }
        return candidates;
    }

    private static InetSocketAddress withMediaPort(InetSocketAddress address, int mediaPort) {
        return address.getPort() == 0 ? new InetSocketAddress(address.getAddress(), mediaPort) : address;
    }

    private static void add(Flow.Protocol protocol, Set<InetSocketAddress> addresses, List<Candidate> candidates) {
        int rank = 0;
        for (InetSocketAddress address : addresses) {
            candidates.add(candidate(HostCandidate.of(protocol, address, rank++), address.getAddress()));
        }
    }

    private static Candidate candidate(HostCandidate host, InetAddress ip) {
        String literal = ip.getHostAddress();
        boolean tcp = host.transport() == Flow.Protocol.TCP;
        int zone = literal.indexOf('%');
        return new Candidate(
                host.foundation(),
                HostCandidate.COMPONENT,
                tcp ? "tcp" : "udp",
                host.priority(),
                zone < 0 ? literal : literal.substring(0, zone),
                host.address().getPort(),
                "host",
                tcp ? "passive" : null);
    }
}
