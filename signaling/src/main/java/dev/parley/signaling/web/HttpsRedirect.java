package dev.parley.signaling.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Somebody spoke plain HTTP to the TLS port: sends them to the same place with `https:`.
final class HttpsRedirect extends SimpleChannelInboundHandler<HttpObject> {
    private static final String OWN_PATH = "/[\\x21-\\x7e]*";

    private HttpsRedirect() {}

    static void install(ChannelPipeline pipeline) {
        pipeline.addLast("http", new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(4096)));
        pipeline.addLast("redirect", new HttpsRedirect());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.executor().schedule(() -> context.close(), HttpSession.FIRST_REQUEST_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (!(message instanceof HttpRequest request)) {
            return;
        }
        String target = target(request, ((InetSocketAddress) context.channel().remoteAddress()).getAddress());
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                target == null ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.PERMANENT_REDIRECT);
        if (target != null) {
            response.headers().set(HttpHeaderNames.LOCATION, target);
            Admissions.succeeded(context.channel());
        }
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        HttpUtil.setKeepAlive(response, false);
        SecurityHeaders.addTo(response.headers());
        Farewell.after(context, context.writeAndFlush(response));
    }

    /// Null when the request does not say clearly where it wanted to go.
    private static @Nullable String target(HttpRequest request, InetAddress client) {
        if (request.decoderResult().isFailure()
                || !request.uri().matches(OWN_PATH)
                || request.uri().startsWith("//")) {
            return null;
        }
        Origin origin = Origin.of(true, request.headers().get(HttpHeaderNames.HOST), client);
        return origin == null ? null : "https://" + origin.authority() + request.uri();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
