package dev.parley.signaling.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.sfu.api.SfuInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a started server is found: the READY line of docs/operations.md.
///
/// @param http null when plain HTTP is off
record Ready(
        String version, long pid, String https, @Nullable String http, String management, int udp, List<String> lan) {
    static Ready of(
            Config config, SfuInfo media, int port, @Nullable InetSocketAddress http, InetSocketAddress management) {
        InetAddress bind = config.listen().bind();
        List<InetAddress> others = bind == null
                ? LocalAddresses.reachable()
                : bind.isLoopbackAddress() || bind.isAnyLocalAddress() ? List.of() : List.of(bind);
        InetAddress near = bind == null || bind.isAnyLocalAddress() ? InetAddress.ofLiteral("127.0.0.1") : bind;
        return new Ready(
                ownVersion(),
                ProcessHandle.current().pid(),
                url("https", new InetSocketAddress(near, port)),
                http == null ? null : url("http", http),
                url("http", management),
                media.udpPort(),
                others.stream()
                        .map(a -> url("https", new InetSocketAddress(a, port)))
                        .toList());
    }

    String line() {
        try {
            return "READY " + JsonMapper.builder().build().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings can be written", e);
        }
    }

    private static String ownVersion() {
        String version = Ready.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private static String url(String scheme, InetSocketAddress at) {
        InetAddress address =
                at.getAddress().isAnyLocalAddress() ? InetAddress.ofLiteral("127.0.0.1") : at.getAddress();
        return scheme + "://" + LocalAddresses.inUrl(address) + ":" + at.getPort();
    }
}
