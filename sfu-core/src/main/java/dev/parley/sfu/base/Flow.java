package dev.parley.sfu.base;

import java.net.InetSocketAddress;

/// The two ends of a transport path: an answer must leave from the local address that was asked.
public record Flow(Protocol protocol, InetSocketAddress local, InetSocketAddress remote) {
    public enum Protocol {
        UDP,
        TCP
    }

    public static Flow udp(InetSocketAddress local, InetSocketAddress remote) {
        return new Flow(Protocol.UDP, local, remote);
    }

    public static Flow tcp(InetSocketAddress local, InetSocketAddress remote) {
        return new Flow(Protocol.TCP, local, remote);
    }
}
