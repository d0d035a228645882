package dev.parley.sfu.ice;

import dev.parley.sfu.base.Flow;
import java.net.InetSocketAddress;

/// A transport address of ours that an answer offers, RFC 8445 §5.1, with the numbers that go with it. Immutable.
///
/// @param foundation equal for candidates of one address and protocol, RFC 8445 §5.1.1.3
/// @param priority higher is tried first, RFC 8445 §5.1.2.1
public record HostCandidate(String foundation, Flow.Protocol transport, long priority, InetSocketAddress address) {
    /// RTP and RTCP share the one component.
    public static final int COMPONENT = 1;

    /// Addresses that can be ranked.
    static final int RANK_MAX = 8191;

    private static final int TYPE_PREFERENCE = 126;
    private static final int UDP_PREFERENCE = 65_535;

    /// RFC 6544 §4.2: direction preference 4 (passive) in the upper three bits, and 8191 for the best address.
    private static final int TCP_PASSIVE_PREFERENCE = 4 * 8192 + 8191;

    /// @param rank 0 for the address that should be tried first, 1 for the next
    public static HostCandidate of(Flow.Protocol transport, InetSocketAddress address, int rank) {
        if (rank < 0 || rank > RANK_MAX) {
            throw new IllegalArgumentException("rank " + rank);
        }
        boolean udp = transport == Flow.Protocol.UDP;
        int preference = (udp ? UDP_PREFERENCE : TCP_PASSIVE_PREFERENCE) - rank;
        String foundation = (udp ? "u" : "t") + rank;
        return new HostCandidate(foundation, transport, priority(TYPE_PREFERENCE, preference), address);
    }

    /// RFC 8445 §5.1.2.1: 8 bits of type, 16 of the address, 8 of the component.
    static long priority(int typePreference, int localPreference) {
        return ((long) typePreference << 24) + ((long) localPreference << 8) + (256 - COMPONENT);
    }
}
