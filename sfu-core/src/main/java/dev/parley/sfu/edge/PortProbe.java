package dev.parley.sfu.edge;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/// Binds the port once without SO_REUSEPORT, at every address at once, and lets it go again: two processes of one user
/// could otherwise share it unnoticed. Stateless.
final class PortProbe {
    /// For a free port that must be free at each address: an occupied one of 28,000 is rare, eight in a row are not
    /// chance.
    private static final int TRIES_MAX = 8;

    private PortProbe() {}

    /// The port, or for 0 one that is free at all addresses.
    static int free(int port, List<InetAddress> addresses) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return bindAll(port, addresses);
            } catch (PortOccupiedException e) {
                if (port != 0 || tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static int bindAll(int wanted, List<InetAddress> addresses) throws IOException {
        List<DatagramChannel> bound = new ArrayList<>();
        int port = wanted;
        try {
            for (InetAddress address : addresses) {
                DatagramChannel channel = DatagramChannel.open(
                        address.getAddress().length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
                bound.add(channel);
                port = bind(channel, address, port);
            }
            return port;
        } finally {
            for (DatagramChannel channel : bound) {
                channel.close();
            }
        }
    }

    /// An address that cannot be bound at all just now, like an IPv6 one that is still being checked, occupies nothing.
    private static int bind(DatagramChannel channel, InetAddress address, int port) throws IOException {
        try {
            channel.bind(new InetSocketAddress(address, port));
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (BindException e) {
            if (isMissing(e)) {
                return port;
            }
            throw new PortOccupiedException(port, address, e);
        }
    }

    /// EADDRNOTAVAIL, which Java tells apart from EADDRINUSE by its text only.
    private static boolean isMissing(BindException e) {
        return String.valueOf(e.getMessage()).contains("annot assign requested address");
    }
}
