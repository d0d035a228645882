package dev.parley.sfu.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Says which local addresses there are to receive media at, now. May block.
@FunctionalInterface
public interface AddressSource {
    List<InetAddress> addresses() throws IOException;
}
