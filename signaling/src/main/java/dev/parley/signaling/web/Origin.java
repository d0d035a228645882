package dev.parley.signaling.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a client reached us: scheme, authority as in its address bar, its own address. Behind a proxy that is trusted
/// these come from the proxy's headers.
///
/// @param authority `host` or `host:port`, checked to be nothing else
public record Origin(boolean secure, String authority, InetAddress client) {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(:[0-9]{1,5})?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /// Null when it is not a host with or without a port.
    public static @Nullable Origin of(boolean secure, @Nullable String authority, InetAddress client) {
        if (authority == null || !AUTHORITY.matcher(authority).matches()) {
            return null;
        }
        return new Origin(secure, authority.toLowerCase(Locale.ROOT), client);
    }

    /// Whether a page with this `Origin` header, RFC 6454, came from here: scheme, host and port are all the same.
    public boolean isSameAs(String originHeader) {
        String scheme = secure ? "https" : "http";
        String prefix = scheme + "://";
        if (!originHeader.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            return false;
        }
        String theirs = originHeader.substring(prefix.length());
        return AUTHORITY.matcher(theirs).matches()
                && withPort(theirs.toLowerCase(Locale.ROOT)).equals(withPort(authority));
    }

    private String withPort(String hostAndPort) {
        return portOf(hostAndPort) >= 0 ? hostAndPort : hostAndPort + (secure ? ":443" : ":80");
    }

    /// The address in the authority when it is a literal, for one more candidate of the answer: with the authority's
    /// port on TLS, which is also the media port; with port 0 on plain HTTP. Null for names: none is ever resolved.
    public @Nullable InetSocketAddress literal() {
        String host = hostOf(authority);
        boolean v6 = host.startsWith("[");
        if (!v6 && !IPV4.matcher(host).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(v6 ? host.substring(1, host.length() - 1) : host);
            int port = portOf(authority);
            return new InetSocketAddress(address, secure ? (port < 0 ? 443 : port) : 0);
        } catch (IllegalArgumentException e) {
            return null; // 999.1.1.1, or a port above 65535
        }
    }

    public String host() {
        return hostOf(authority);
    }

    private static String hostOf(String hostAndPort) {
        int colon = portColon(hostAndPort);
        return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    }

    private static int portOf(String hostAndPort) {
        int colon = portColon(hostAndPort);
        return colon < 0 ? -1 : Integer.parseInt(hostAndPort.substring(colon + 1));
    }

    private static int portColon(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return colon > hostAndPort.lastIndexOf(']') ? colon : -1;
    }
}
