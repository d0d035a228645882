package dev.parley.signaling.web;

import dev.parley.signaling.web.Response.Header;
import dev.parley.signaling.web.Router.Handler;
import dev.parley.signaling.web.Router.Receiver;
import dev.parley.signaling.web.Router.Route;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection, or one stream of an HTTP/2 connection: takes one request, answers it, takes the next, if
/// any
/// comes. On the connection's event loop.
final class HttpSession extends ChannelInboundHandlerAdapter {
    /// Longest request line; the longest path of ours has a room and a participant.
    static final int LINE_BYTES_MAX = 4096;
    /// All header fields together; browsers send about 1 KB.
    static final int HEADER_BYTES_MAX = 16 * 1024;
    /// From the connection to its first whole request.
    static final long FIRST_REQUEST_MS = 5_000;
    /// From one answer to the next whole request.
    static final long NEXT_REQUEST_MS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);

    private final Site site;
    private final boolean secure;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable HttpRequest head;
    private @Nullable RequestPlan plan;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    /// What one read brought beyond the request that is being answered; no more is read meanwhile.
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean serving;
    /// A body that somebody reads while it comes.
    private @Nullable Receiving receiving;

    HttpSession(Site site, boolean secure) {
        this.site = site;
        this.secure = secure;
    }

    /// Appends HTTP to a pipeline.
    static void install(ChannelPipeline pipeline, Site site, boolean secure) {
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setStrictLineParsing(true);
        pipeline.addLast("http", new HttpServerCodec(limits));
        pipeline.addLast("session", new HttpSession(site, secure));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        awaitRequest(context, FIRST_REQUEST_MS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancelDeadline();
        forgetRequest();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private void awaitRequest(ChannelHandlerContext context, long millis) {
        deadline = context.executor().schedule(() -> tooSlow(context, millis), millis, TimeUnit.MILLISECONDS);
    }

    private void tooSlow(ChannelHandlerContext context, long millis) {
        if (head != null || millis == FIRST_REQUEST_MS) {
            site.watch().limitHit("slow_request");
        }
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add(message);
        serve(context);
    }

    /// One request after the other, also those that were sent without waiting for answers.
    private void serve(ChannelHandlerContext context) {
        if (serving) {
            return;
        }
        serving = true;
        while (!answering && !waiting.isEmpty() && !context.isRemoved()) {
            Object message = waiting.remove();
            try {
                receive(context, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }
        serving = false;
        if (!context.isRemoved()) {
            context.channel().config().setAutoRead(!answering && (receiving == null || receiving.wantsMore()));
        }
    }

    private void receive(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            head = request;
            InetAddress neighbour = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
            plan = RequestPlan.of(request, site, secure, neighbour);
            if (plan.broken()) {
                answer(context, request, plan, plan.answer());
                return;
            }
            greenLight(context, request, plan);
            if (plan.route() != null && plan.route().receiver() != null && plan.request() != null) {
                cancelDeadline();
                begin(context, request, plan, plan.route(), plan.route().receiver(), plan.request());
            }
        }
        if (message instanceof HttpContent content && head != null && plan != null) {
            take(context, head, plan, content);
        }
    }

    /// A client that waits to be asked for its body, RFC 9110 section 10.1.1.
    private static void greenLight(ChannelHandlerContext context, HttpRequest request, RequestPlan plan) {
        if (HttpUtil.is100ContinueExpected(request) && plan.route() != null) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void take(ChannelHandlerContext context, HttpRequest request, RequestPlan plan, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            RequestPlan broken = RequestPlan.brokenBody();
            answer(context, request, broken, broken.answer());
            return;
        }
        if (receiving != null) {
            receiving.take(content);
            return;
        }
        int max = plan.route() == null ? 0 : plan.route().bodyMaxBytes();
        if (body.readableBytes() + content.content().readableBytes() > max) {
            answer(context, request, plan, plan.tooLarge());
            return;
        }
        if (content.content().isReadable()) {
            body = body.isReadable()
                    ? body
                    : context.alloc().buffer(content.content().readableBytes(), max);
            body.writeBytes(content.content());
        }
        if (content instanceof LastHttpContent) {
            cancelDeadline();
            answering = true;
            carryOut(context, request, plan);
        }
    }

    private void begin(
            ChannelHandlerContext context,
            HttpRequest request,
            RequestPlan plan,
            Route route,
            Receiver receiver,
            Request asked) {
        Receiving body = new Receiving(context, route.bodyMaxBytes(), new Receiving.Session() {
            @Override
            public void serve() {
                HttpSession.this.serve(context);
            }

            @Override
            public void over() {
                answering = true;
            }

            @Override
            public void answer(@Nullable Response response) {
                HttpSession.this.answer(context, request, plan, response);
            }
        });
        receiving = body;
        body.start(receiver, asked);
    }

    private void carryOut(ChannelHandlerContext context, HttpRequest request, RequestPlan plan) {
        if (plan.route() == null || plan.request() == null) {
            answer(context, request, plan, plan.answer());
        } else if (plan.route().upgrade() != null) {
            upgrade(context, request, plan, plan.route().upgrade(), plan.request());
        } else if (plan.route().handler() != null) {
            handle(context, request, plan, plan.route().handler(), plan.request());
        }
    }

    private void upgrade(
            ChannelHandlerContext context, HttpRequest request, RequestPlan plan, Upgrade upgrade, Request asked) {
        FullHttpRequest handshake = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        Response refusal = upgrade.upgrade(context, handshake, asked);
        if (refusal != null) {
            answer(context, request, plan, refusal);
        }
    }

    private void handle(
            ChannelHandlerContext context, HttpRequest request, RequestPlan plan, Handler handler, Request asked) {
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        CompletionStage<Response> stage;
        try {
            stage = handler.handle(asked.with(bytes));
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((response, failure) -> context.executor().execute(() -> {
            if (failure != null) {
                LOG.error("a route failed", failure);
            }
            answer(context, request, plan, response);
        }));
    }

    private void answer(
            ChannelHandlerContext context, HttpRequest request, RequestPlan plan, @Nullable Response response) {
        Response told =
                response != null ? response : new Problem(500, "internal", "a fault of the server").toResponse();
        boolean cut = receiving != null && receiving.isCut();
        boolean stay = HttpUtil.isKeepAlive(request) && !plan.broken() && told.status() != 413 && !cut;
        if (told.status() < 400) {
            Admissions.succeeded(context.channel());
        }
        cancelDeadline();
        forgetRequest();
        boolean headOnly = request.method().equals(HttpMethod.HEAD);
        if (told.streamed() != null) {
            answering = true;
            FileSending.start(
                    context,
                    told.status(),
                    head(told, stay),
                    told.streamed(),
                    headOnly,
                    site.watch(),
                    last -> then(context, last, stay));
        } else {
            FullHttpResponse http = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(told.status()),
                    headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(told.body()),
                    head(told, stay),
                    EmptyHttpHeaders.INSTANCE);
            then(context, context.writeAndFlush(http), stay);
        }
    }

    private static HttpHeaders head(Response told, boolean stay) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (Header header : told.headers()) {
            headers.add(header.name(), header.value());
        }
        SecurityHeaders.addTo(headers);
        if (told.status() != 304 && told.status() != 204) {
            long length = told.streamed() == null
                    ? told.body().length
                    : told.streamed().length();
            headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
        }
        if (!stay) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return headers;
    }

    /// The next request, or nothing.
    private void then(ChannelHandlerContext context, ChannelFuture last, boolean stay) {
        if (context.isRemoved()) {
            return; // the client is gone already
        }
        if (stay) {
            last.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            answering = false;
            awaitRequest(context, NEXT_REQUEST_MS);
            serve(context);
        } else {
            Farewell.after(context, last);
        }
    }

    private void forgetRequest() {
        if (receiving != null) {
            receiving.cut();
            receiving = null;
        }
        head = null;
        plan = null;
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /// A fault of one stream of HTTP/2 is the multiplexer's, which closes the stream with the code that is counted.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("an HTTP connection broke", cause);
        if (!(cause instanceof Http2Exception)) {
            context.close();
        }
    }
}
