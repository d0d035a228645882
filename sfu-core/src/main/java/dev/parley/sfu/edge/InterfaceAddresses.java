package dev.parley.sfu.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The addresses of this machine's interfaces that a browser could send to. Loopback is among them, because Chromium
/// uses it; link-local ones are not, because no browser sends from there. Given without the name of their interface.
/// Stateless.
final class InterfaceAddresses implements AddressSource {
    /// Those that are useful to most come first: they are kept when there are too many.
    private static final Comparator<InetAddress> ORDER = Comparator.comparing(InetAddress::isLoopbackAddress)
            .thenComparing(address -> address.getAddress().length)
            .thenComparing(InetAddress::getHostAddress);

    @Override
    public List<InetAddress> addresses() throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp()) {
                network.inetAddresses().filter(InterfaceAddresses::useful).forEach(found::add);
            }
        }
        List<InetAddress> plain = new ArrayList<>();
        for (InetAddress address : found) {
            plain.add(InetAddress.getByAddress(address.getAddress()));
        }
        plain.sort(ORDER);
        return plain.stream().distinct().toList();
    }

    static boolean useful(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress();
    }
}
