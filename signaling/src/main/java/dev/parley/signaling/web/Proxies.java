package dev.parley.signaling.web;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which neighbours may say on whose behalf they ask; nobody else's forwarded headers are believed.
public record Proxies(List<Network> trusted) {
    public Proxies {
        trusted = List.copyOf(trusted);
    }

    public static Proxies none() {
        return new Proxies(List.of());
    }

    public boolean trusts(InetAddress neighbour) {
        return trusted.stream().anyMatch(network -> network.contains(neighbour));
    }

    /// Null when the request says no usable host.
    @Nullable
    Origin originOf(HttpHeaders headers, boolean secure, InetAddress neighbour) {
        String host = headers.get("Host");
        if (!trusts(neighbour)) {
            return Origin.of(secure, host, neighbour);
        }
        String proto = headers.get("X-Forwarded-Proto");
        String forwardedHost = headers.get("X-Forwarded-Host");
        return Origin.of(
                proto == null ? secure : proto.strip().toLowerCase(Locale.ROOT).equals("https"),
                forwardedHost == null ? host : forwardedHost.strip(),
                clientOf(headers.getAll("X-Forwarded-For"), neighbour));
    }

    /// The last address of the chain that is not one of our own proxies: those before it may be invented.
    private InetAddress clientOf(List<String> chain, InetAddress neighbour) {
        InetAddress client = neighbour;
        String[] hops = String.join(",", chain).split(",");
        for (int i = hops.length - 1; i >= 0 && trusts(client); i--) {
            try {
                client = InetAddress.ofLiteral(hops[i].strip());
            } catch (IllegalArgumentException e) {
                return client;
            }
        }
        return client;
    }
}
