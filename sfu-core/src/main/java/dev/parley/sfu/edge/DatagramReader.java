package dev.parley.sfu.edge;

import dev.parley.sfu.base.SfuCounter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The receiving end of one socket, on its loop: opens and closes it for the loop's sending, too.
final class DatagramReader extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DatagramReader.class);

    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EMSGSIZE = 90;

    private final MediaLoop loop;
    private InetSocketAddress local = new InetSocketAddress(0);
    private Map<InetSocketAddress, Route> routes = new HashMap<>();
    private @Nullable OwnSender sender;

    DatagramReader(MediaLoop loop) {
        this.loop = loop;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        local = (InetSocketAddress) ctx.channel().localAddress();
        routes = loop.table().routes(local);
        boolean segments = ctx.channel() instanceof EpollDatagramChannel
                && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
        sender = new OwnSender(ctx.channel(), new KernelDrops(ctx.channel()), loop.counters(), segments);
        loop.sockets().opened(local, sender);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.sockets().closed(local);
        OwnSender own = sender;
        if (own != null) {
            own.flush(); // nothing leaves any more, but what was gathered is given back
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            loop.turn().begin();
            loop.delivery().read(datagram.content(), local, datagram.sender(), routes);
        } finally {
            datagram.release();
        }
    }

    /// Reading from a socket that is bound but not connected does not fail; a datagram that could not be sent does.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            loop.counters().add(SfuCounter.SEND_FAILED);
            OwnSender own = sender;
            if (own != null && isAboutSegments(cause)) {
                own.withoutSegments();
            }
        } else {
            loop.counters().add(SfuCounter.COMMAND_FAILED);
            log.error("A socket's handler failed", cause);
        }
    }

    /// What Linux answers where a message was to be divided and the way out cannot, or takes no such segments.
    private static boolean isAboutSegments(Throwable cause) {
        int error = cause instanceof Errors.NativeIoException known ? Math.abs(known.expectedErr()) : 0;
        return error == EIO || error == EINVAL || error == EMSGSIZE;
    }
}
