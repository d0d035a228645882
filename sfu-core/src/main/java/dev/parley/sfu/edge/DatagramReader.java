package dev.parley.sfu.edge;

import dev.parley.sfu.base.SfuCounter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The receiving end of one socket, on its loop: opens and closes it for the loop's sending, too.
final class DatagramReader extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(DatagramReader.class);

    private final MediaLoop loop;
    private InetSocketAddress local = new InetSocketAddress(0);
    private Map<InetSocketAddress, Route> routes = new HashMap<>();

    DatagramReader(MediaLoop loop) {
        this.loop = loop;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        local = (InetSocketAddress) ctx.channel().localAddress();
        routes = loop.table().routes(local);
        loop.sockets().opened(local, new OwnSender(ctx.channel(), new KernelDrops(ctx.channel())));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.sockets().closed(local);
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
        } else {
            loop.counters().add(SfuCounter.COMMAND_FAILED);
            log.error("A socket's handler failed", cause);
        }
    }
}
