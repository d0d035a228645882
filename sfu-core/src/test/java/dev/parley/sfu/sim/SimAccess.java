package dev.parley.sfu.sim;

import dev.parley.netsim.LinkConfig;

/// How a client reaches the server.
///
/// @param tcpBufferBytes what the server's system holds for the client's TCP connection; 0 means UDP
record SimAccess(LinkConfig link, int tcpBufferBytes) {
    static SimAccess udp(LinkConfig link) {
        return new SimAccess(link, 0);
    }

    static SimAccess tcp(LinkConfig link, int bufferBytes) {
        return new SimAccess(link, bufferBytes);
    }

    boolean tcp() {
        return tcpBufferBytes > 0;
    }
}
