package dev.parley.signaling.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/// Closes a connection so that its last words arrive: a socket that is closed with bytes unread resets the connection,
/// and the peer may lose what was said. What still comes is thrown away, for a second at most.
public final class Farewell extends ChannelInboundHandlerAdapter {
    private static final long LINGER_MS = 1_000;

    private Farewell() {}

    /// Takes the place of the calling handler; call it once, after the last write.
    public static void after(ChannelHandlerContext context, ChannelFuture lastWords) {
        Channel channel = context.channel();
        context.pipeline().replace(context.handler(), "farewell", new Farewell());
        channel.config().setAutoRead(true);
        lastWords.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        lastWords.addListener(_ -> sayNoMore(channel));
        var deadline = channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> deadline.cancel(false));
    }

    private static void sayNoMore(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(_ -> shutdownOutput(channel));
        } else {
            shutdownOutput(channel);
        }
    }

    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
