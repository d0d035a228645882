package dev.parley.signaling.web;

import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A TCP connection that carries media: gives what it reads to the engine, and writes what the engine sends. Reads only
/// when it is asked to. Netty calls it on the connection's event loop, the engine on any thread.
final class MediaConnection extends ChannelInboundHandlerAdapter implements TcpConnection {
    /// From the first bytes until somebody has shown to be a participant.
    static final long PROVEN_MS = 5_000;

    /// Bytes in the kernel that have not left yet: whatever waits there cannot be overtaken or dropped any more.
    private static final int UNSENT_BYTES_MAX = 16 * 1024;

    /// Where the kernel cannot tell sent from unsent: 100 ms of 10 Mbit/s.
    private static final int KERNEL_BYTES_MAX = 128 * 1024;

    private final Channel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final TcpInput input;
    private final WebWatch watch;
    private @Nullable ScheduledFuture<?> deadline;

    MediaConnection(Channel channel, Function<TcpConnection, TcpInput> engine, WebWatch watch) {
        this.channel = channel;
        this.local = (InetSocketAddress) channel.localAddress();
        this.remote = (InetSocketAddress) channel.remoteAddress();
        this.watch = watch;
        this.input = engine.apply(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        keepKernelQueueShort();
        channel.config().setAutoRead(false);
        deadline = context.executor().schedule(this::tooLate, PROVEN_MS, TimeUnit.MILLISECONDS);
    }

    private void keepKernelQueueShort() {
        if (channel instanceof EpollSocketChannel epoll) {
            epoll.config().setTcpNotSentLowAt(UNSENT_BYTES_MAX);
        } else {
            channel.config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES_MAX);
        }
    }

    private void tooLate() {
        watch.limitHit("no_media_check");
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf read = (ByteBuf) message;
            byte[] bytes = new byte[read.readableBytes()];
            read.readBytes(bytes);
            input.bytes(bytes);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelDeadline();
        input.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public void more() {
        channel.read();
    }

    @Override
    public void write(byte[] bytes, Runnable left) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
            if (written.isSuccess()) {
                left.run();
            } else {
                channel.close();
            }
        });
    }

    @Override
    public void proven() {
        Admissions.succeeded(channel);
        channel.eventLoop().execute(this::cancelDeadline);
    }

    @Override
    public void close() {
        channel.close();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
