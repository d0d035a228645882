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
/// client reached the page, so that most port mappings need no setting.
final class Candidates {
    private Candidates() {}

    static List<Candidate> of(
            List<InetSocketAddress> bound, List<InetSocketAddress> announced, @Nullable InetSocketAddress reachedAt) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>(bound);
        addresses.addAll(announced);
        if (reachedAt != null) {
            addresses.add(reachedAt);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            InetAddress ip = address.getAddress();
            if (ip != null && !ip.isAnyLocalAddress()) {
                candidates.add(candidate(HostCandidate.of(Flow.Protocol.UDP, address, candidates.size()), ip));
            }
        }
        return candidates;
    }

    private static Candidate candidate(HostCandidate host, InetAddress ip) {
        String literal = ip.getHostAddress();
        int zone = literal.indexOf('%');
        return new Candidate(
                host.foundation(),
                HostCandidate.COMPONENT,
                "udp",
                host.priority(),
                zone < 0 ? literal : literal.substring(0, zone),
                host.address().getPort(),
                "host",
                null);
    }
}
