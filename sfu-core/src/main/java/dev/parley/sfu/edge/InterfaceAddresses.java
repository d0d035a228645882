package dev.parley.sfu.edge;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The addresses of this machine's interfaces that a browser could send to. Loopback is among them, because Chromium
/// uses it; link-local ones are not, because no browser sends from there. Stateless.
final class InterfaceAddresses implements AddressSource {
    /// Those that are useful to most come first: they are kept when there are too many.
    private static final Comparator<InetAddress> ORDER = Comparator.comparing(InetAddress::isLoopbackAddress)
            .thenComparing(address -> address.getAddress().length)
            .thenComparing(InetAddress::getHostAddress);

    @Override
    public List<InetAddress> addresses() throws SocketException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()) {
                network.inetAddresses().filter(InterfaceAddresses::useful).forEach(found::add);
            }
        }
        found.sort(ORDER);
        return found.stream().distinct().toList();
    }

    static boolean useful(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }
}
