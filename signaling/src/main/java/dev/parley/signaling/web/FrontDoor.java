package dev.parley.signaling.web;

import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The TCP listeners: the one public port that is TLS, media, a redirect, or closed, by its first bytes; plain HTTP for
/// proxies; management. Ports are bound before anything is served, so that an occupied one is found first.
public final class FrontDoor implements AutoCloseable {
    private static final int BACKLOG = 1024;
    /// Longer than the other deadlines: two round trips and, on the client, a certificate to be asked about.
    private static final long TLS_HANDSHAKE_MS = 10_000;

    private final EventLoops loops;
    private final Admissions admissions;
    private final Function<TcpConnection, TcpInput> media;
    private final WebWatch watch;
    private final List<Channel> listeners = new ArrayList<>();
    private @Nullable Channel management;

    /// @param media takes the connections that carry media
    public FrontDoor(EventLoops loops, Admissions admissions, Function<TcpConnection, TcpInput> media, WebWatch watch) {
        this.loops = loops;
        this.admissions = admissions;
        this.media = media;
        this.watch = watch;
    }

    /// Connections wait in the backlog until `open` is called.
    public InetSocketAddress bindPublic(InetSocketAddress address, TlsIdentity tls, Site site) throws IOException {
        List<FirstBytes.Row> table = List.of(
                new FirstBytes.Row("TLS", FirstBytes::tls, pipeline -> serveTls(pipeline, tls, site)),
                new FirstBytes.Row("media", FirstBytes::framedStun, this::serveMedia),
                new FirstBytes.Row("plain HTTP", FirstBytes::http, HttpsRedirect::install));
        return bind(address, true, pipeline -> pipeline.addLast(new FirstBytes(table, watch)));
    }

    public InetSocketAddress bindPlain(InetSocketAddress address, Site site) throws IOException {
        return bind(address, true, pipeline -> HttpSession.install(pipeline, site, false));
    }

    /// For operators: not counted against anybody.
    public InetSocketAddress bindManagement(InetSocketAddress address, Site site) throws IOException {
        InetSocketAddress bound = bind(address, false, pipeline -> HttpSession.install(pipeline, site, false));
        management = listeners.getLast();
        return bound;
    }

    public void open() {
        listeners.forEach(listener -> listener.config().setAutoRead(true));
    }

    private InetSocketAddress bind(InetSocketAddress address, boolean counted, Consumer<ChannelPipeline> serve)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Welcome(counted, serve))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause());
        }
        bound.channel().pipeline().addLast(new Refusals(watch));
        listeners.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void serveMedia(ChannelPipeline pipeline) {
        pipeline.addLast("media", new MediaConnection(pipeline.channel(), media, watch));
    }

    private void serveTls(ChannelPipeline pipeline, TlsIdentity tls, Site site) {
        SslHandler handler = tls.context().newHandler(pipeline.channel().alloc());
        handler.setHandshakeTimeoutMillis(TLS_HANDSHAKE_MS);
        pipeline.addLast("tls", handler);
        pipeline.addLast("after-tls", new AfterTls(site));
    }

    private final class Welcome extends ChannelInitializer<Channel> {
        private final boolean counted;
        private final Consumer<ChannelPipeline> serve;

        Welcome(boolean counted, Consumer<ChannelPipeline> serve) {
            this.counted = counted;
            this.serve = serve;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (counted && !admissions.admit(channel)) {
                channel.close();
            } else {
                serve.accept(channel.pipeline());
            }
        }
    }

    /// HTTP begins when the handshake is over; one that fails is counted, not logged.
    private final class AfterTls extends ChannelInboundHandlerAdapter {
        private final Site site;

        AfterTls(Site site) {
            this.site = site;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    serveHttp(context.pipeline());
                    context.pipeline().remove(this);
                } else {
                    watch.limitHit("tls_handshake");
                    context.close();
                }
            }
            context.fireUserEventTriggered(event);
        }

        private void serveHttp(ChannelPipeline pipeline) {
            SslHandler tls = pipeline.get(SslHandler.class);
            if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
                Http2Session.install(pipeline, site);
            } else {
                HttpSession.install(pipeline, site, true);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
            context.close();
        }
    }

    /// Takes nobody in any more; those who are in stay, and operators are still told so.
    public void closePublic() {
        listeners.stream()
                .filter(listener -> listener != management)
                .forEach(listener -> listener.close().awaitUninterruptibly());
    }

    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    }
}
