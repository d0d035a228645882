package dev.parley.sfu.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// The sockets of one local address: opened together, closed together, the same ones in between. The kernel spreads
/// flows over them by a hash that changes with their number, so a group never grows or shrinks. Opened and closed by
/// one
/// thread that is none of the loops.
final class SocketGroup {
    private final InetSocketAddress address;
    private final List<MediaLoop> loops;
    private final List<Channel> channels;

    private SocketGroup(InetSocketAddress address, List<MediaLoop> loops, List<Channel> channels) {
        this.address = address;
        this.loops = loops;
        this.channels = channels;
    }

    /// Opens all sockets of the group or none.
    static SocketGroup open(InetSocketAddress address, SocketTransport transport, List<MediaLoop> loops)
            throws IOException {
        List<Channel> channels = new ArrayList<>();
        SocketGroup group = new SocketGroup(address, loops, channels);
        try {
            for (MediaLoop reader : loops.subList(0, transport.readers(loops.size()))) {
                channels.add(bind(address, transport, reader));
            }
        } catch (IOException e) {
            group.close();
            throw e;
        }
        group.lend();
        return group;
    }

    InetSocketAddress address() {
        return address;
    }

    void close() {
        for (MediaLoop borrower : borrowers()) {
            borrower.post(() -> borrower.sockets().closed(address));
        }
        for (Channel channel : channels) {
            channel.close().awaitUninterruptibly();
        }
    }

    /// What the kernel gave, as the caller of setsockopt counts: Linux reports twice as much, for its own use.
    int receiveBufferBytes() {
        return granted(ChannelOption.SO_RCVBUF);
    }

    int sendBufferBytes() {
        return granted(ChannelOption.SO_SNDBUF);
    }

    private int granted(ChannelOption<Integer> option) {
        Integer bytes = channels.getFirst().config().getOption(option);
        boolean doubled = System.getProperty("os.name", "").equals("Linux");
        return bytes == null ? 0 : bytes / (doubled ? 2 : 1);
    }

    private List<MediaLoop> borrowers() {
        return channels.isEmpty() ? List.of() : loops.subList(channels.size(), loops.size());
    }

    private void lend() {
        Channel channel = channels.getFirst();
        for (MediaLoop borrower : borrowers()) {
            BorrowedSender sender =
                    new BorrowedSender(channel, borrower.limits().handOverPackets());
            borrower.post(() -> borrower.sockets().opened(address, sender));
        }
    }

    private static Channel bind(InetSocketAddress address, SocketTransport transport, MediaLoop reader)
            throws IOException {
        SocketProtocolFamily family =
                address.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        ChannelFuture bound = transport
                .configure(new Bootstrap())
                .group(reader.eventLoop())
                .channelFactory(() -> transport.newChannel(family))
                .handler(new DatagramReader(reader))
                .bind(address)
                .awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw (BindException) new BindException(address + ": " + cause.getMessage()).initCause(cause);
        }
        return bound.channel();
    }
}
