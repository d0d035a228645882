package dev.parley.sfu.edge;

import java.io.IOException;
import java.net.InetAddress;

/// The media port is in use by another process, or by another server in this one.
public final class PortOccupiedException extends IOException {
    private static final long serialVersionUID = 1L;

    PortOccupiedException(int port, InetAddress address, IOException cause) {
        super(
                "UDP port " + port + " is occupied at " + address.getHostAddress() + " (" + cause.getMessage()
                        + "): end the other process or choose another media port",
                cause);
    }
}
