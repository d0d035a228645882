package dev.parley.signaling.app;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// By which addresses and names this machine can be reached, now.
final class LocalAddresses {
    private LocalAddresses() {}

    /// Addresses others can use, IPv4 first; no loopback, no link-local.
    static List<InetAddress> reachable() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp() && !network.isLoopback()) {
                    network.inetAddresses()
                            .filter(a -> !a.isLinkLocalAddress() && !a.isLoopbackAddress() && !a.isMulticastAddress())
                            .forEach(addresses::add);
                }
            }
        } catch (SocketException e) {
            return List.of();
        }
        addresses.sort(Comparator.comparing(a -> a instanceof Inet6Address));
        return addresses;
    }

    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        try {
            String host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?") && !host.matches("[0-9.]+")) {
                names.add(host);
                if (!host.contains(".")) {
                    names.add(host + ".local");
                }
            }
        } catch (UnknownHostException e) {
            return names; // a machine without a name of its own
        }
        return names;
    }

    /// As it stands in a URL: IPv6 in brackets, without a zone.
    static String inUrl(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return address instanceof Inet6Address ? "[" + bare + "]" : bare;
    }
}
