package dev.parley.sfu.edge;

import dev.parley.sfu.base.Packet;
import java.net.InetSocketAddress;

/// How one loop sends from one local address. That loop only.
interface UdpSender {
    /// Copies the packet, or holds a reference to it; it leaves with the next `flush`.
    ///
    /// @return false when the socket takes no more for now
    boolean write(Packet packet, InetSocketAddress to);

    /// Does nothing when nothing was written.
    void flush();

    /// Datagrams that the kernel dropped since the last call because the socket's buffer was full.
    long takeKernelDrops();
}
