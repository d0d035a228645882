package dev.parley.sfu.sdp;

import org.jspecify.annotations.Nullable;

/// `a=candidate`, RFC 8839 section 5.1. The address is text and stays text: nobody resolves what a peer wrote here.
///
/// @param protocol `udp` or `tcp`
/// @param priority 32 bits, unsigned
/// @param type `host`, `srflx`, `prflx` or `relay`
/// @param tcpType `passive` say, null for UDP
public record Candidate(
        String foundation,
        int component,
        String protocol,
        long priority,
        String address,
        int port,
        String type,
        @Nullable String tcpType) {

    public boolean udp() {
        return protocol.equals("udp");
    }

    public boolean ipv6() {
        return address.indexOf(':') >= 0;
    }
}
