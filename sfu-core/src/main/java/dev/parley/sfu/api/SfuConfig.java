package dev.parley.sfu.api;

import java.net.InetSocketAddress;
import java.util.List;

/// How a media engine is started.
///
/// @param udpPort the one port of all loops; 0 takes any free one
/// @param bindAddresses literal addresses to bind; empty means every address of this machine, followed as they change
/// @param announcedAddresses further candidates for the answer (a port of 0 means the media port)
/// @param loops event loops; 0 means one for each core
/// @param nativeTransport false takes the portable sockets also where the native ones could be had
/// @param tcpToo whether answers name the same addresses and port for TCP; somebody must listen there and give
///     connections to `Sfu.accept`
public record SfuConfig(
        int udpPort,
        List<String> bindAddresses,
        List<InetSocketAddress> announcedAddresses,
        int loops,
        boolean nativeTransport,
        boolean tcpToo) {
    public SfuConfig {
        bindAddresses = List.copyOf(bindAddresses);
        announcedAddresses = List.copyOf(announcedAddresses);
    }

    /// Media over UDP only.
    public SfuConfig(
            int udpPort,
            List<String> bindAddresses,
            List<InetSocketAddress> announcedAddresses,
            int loops,
            boolean nativeTransport) {
        this(udpPort, bindAddresses, announcedAddresses, loops, nativeTransport, false);
    }

    public static SfuConfig defaults() {
        return new SfuConfig(8443, List.of(), List.of(), 0, true);
    }
}
