package dev.parley.sfu.edge;

import dev.parley.sfu.base.Packet;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;

/// The two kinds of sockets: Linux' own, of which each loop has one at the same address, and the portable ones, which
/// one loop reads for all. Stateless.
enum SocketTransport {
    EPOLL {
        @Override
        IoHandlerFactory ioHandlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        Channel newChannel(SocketProtocolFamily family) {
            return new EpollDatagramChannel(family);
        }

        @Override
        Bootstrap configure(Bootstrap bootstrap) {
            return common(bootstrap, READ_BYTES * READ_BATCH)
                    .option(UnixChannelOption.SO_REUSEPORT, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, READ_BYTES);
        }

        @Override
        int readers(int loops) {
            return loops;
        }
    },
    NIO {
        @Override
        IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        Channel newChannel(SocketProtocolFamily family) {
            return new NioDatagramChannel(family);
        }

        @Override
        Bootstrap configure(Bootstrap bootstrap) {
            return common(bootstrap, READ_BYTES);
        }

        @Override
        int readers(int loops) {
            return 1;
        }
    };

    /// Asked for in both directions: 30 ms of 1 Gbit/s, and what one burst of 64 packets to 50 people needs.
    static final int WANTED_BUFFER_BYTES = 4 * 1024 * 1024;

    /// A little more than a packet holds, so that a longer datagram is seen to be one.
    private static final int READ_BYTES = Packet.CAPACITY + 64;

    /// Datagrams in one recvmmsg.
    private static final int READ_BATCH = 64;

    /// Waiting in user space for a kernel that takes no more: two flushes' worth.
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    static SocketTransport choose(boolean nativeWanted) {
        return nativeWanted && Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory ioHandlers();

    abstract Channel newChannel(SocketProtocolFamily family);

    abstract Bootstrap configure(Bootstrap bootstrap);

    /// How many loops open a socket of their own for each address; they are the first ones.
    abstract int readers(int loops);

    private static Bootstrap common(Bootstrap bootstrap, int bytes) {
        MaxMessagesRecvByteBufAllocator buffers = new FixedRecvByteBufAllocator(bytes);
        buffers.maxMessagesPerRead(READ_BATCH);
        return bootstrap
                .option(ChannelOption.SO_RCVBUF, WANTED_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, WANTED_BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, buffers)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING);
    }
}
