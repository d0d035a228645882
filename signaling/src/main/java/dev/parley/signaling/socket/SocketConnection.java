package dev.parley.signaling.socket;

import dev.parley.signaling.web.Farewell;
import dev.parley.signaling.web.WebWatch;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One WebSocket after its upgrade: whole text messages up, text and close codes down, keep-alive, limits on what
/// waits to be sent. On the connection's loop, except where said.
final class SocketConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
    static final long TICK_MS = 5_000;
    static final long PING_NS = TimeUnit.SECONDS.toNanos(10);
    /// Two pings without any sign of life.
    static final long DEAD_NS = TimeUnit.SECONDS.toNanos(25);
    /// How long what was written may wait without any of it getting out.
    static final long STUCK_NS = TimeUnit.SECONDS.toNanos(10);

    static final int OUTBOUND_BYTES_MAX = 1024 * 1024;

    private final Listener listener;
    private final WebWatch watch;
    private final MessageFrames frames = new MessageFrames();
    private final RateLimit rate = new RateLimit(System.nanoTime());
    private @Nullable ChannelHandlerContext context;
    private @Nullable EventExecutor loop;
    private @Nullable ScheduledFuture<?> ticking;
    private long heardNs = System.nanoTime();
    private long pingedNs = heardNs;
    private long progressNs = heardNs;
    private int waiting;

    /// Who speaks through this connection. Called on its loop.
    interface Listener {
        void opened(SocketConnection connection);

        /// `within` is false when the message came too fast: it must be refused.
        void message(String text, boolean within);

        /// Called once, whatever the reason.
        void closed();
    }

    SocketConnection(Listener listener, WebWatch watch) {
        this.listener = listener;
        this.watch = watch;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        loop = added.executor();
        ticking = added.executor().scheduleAtFixedRate(() -> tick(added), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        listener.opened(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        context = null;
        if (ticking != null) {
            ticking.cancel(false);
        }
        listener.closed();
    }

    /// From any thread that got this connection after it was opened: runs the command on its loop, in order.
    void run(Runnable command) {
        Objects.requireNonNull(loop).execute(command);
    }

    ScheduledFuture<?> after(long millis, Runnable command) {
        return Objects.requireNonNull(loop).schedule(command, millis, TimeUnit.MILLISECONDS);
    }

    /// Sends text; the array is not changed afterwards.
    void send(byte[] utf8) {
        if (context == null) {
            return;
        }
        if (!context.channel().isWritable()) {
            watch.limitHit("slow_reader");
            close(4008, "too much waits to be read");
            return;
        }
        if (waiting++ == 0) {
            progressNs = System.nanoTime();
        }
        context.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)))
                .addListener(_ -> gotOut());
    }

    private void gotOut() {
        waiting--;
        progressNs = System.nanoTime();
    }

    /// Nothing came of this connection.
    void expire() {
        watch.limitHit("no_join");
        close(4408, "nobody joined");
    }

    /// Says the code and closes; idempotent.
    void close(int code, String reason) {
        if (context != null) {
            ChannelFuture said = context.writeAndFlush(new CloseWebSocketFrame(code, reason));
            Farewell.after(context, said);
        }
    }

    private void tick(ChannelHandlerContext here) {
        long now = System.nanoTime();
        if (now - heardNs > DEAD_NS) {
            watch.limitHit("dead_socket");
            here.close();
        } else if (waiting > 0 && now - progressNs > STUCK_NS) {
            watch.limitHit("slow_reader");
            close(4008, "nothing was read for 10 s");
        } else if (now - pingedNs >= PING_NS) {
            pingedNs = now;
            here.writeAndFlush(new PingWebSocketFrame());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext here, WebSocketFrame frame) {
        heardNs = System.nanoTime();
        switch (frame) {
            case TextWebSocketFrame text -> step(frames.first(text.content(), text.isFinalFragment()));
            case ContinuationWebSocketFrame more -> step(frames.next(more.content(), more.isFinalFragment()));
            case BinaryWebSocketFrame _ -> close(1003, "text only");
            case PingWebSocketFrame ping -> pong(here, ping);
            case CloseWebSocketFrame closing -> answerClose(here, closing);
            default -> {} // a pong: life was noted above
        }
    }

    private void step(MessageFrames.Step step) {
        if (step.closeCode() != 0) {
            watch.limitHit(step.closeCode() == 1009 ? "message_size" : "message_text");
            close(step.closeCode(), step.why());
        } else if (step.text() != null) {
            boolean within = rate.take(heardNs);
            if (rate.hopeless()) {
                watch.limitHit("message_rate");
                close(4029, "far too many messages");
            } else {
                listener.message(step.text(), within);
            }
        }
    }

    private void pong(ChannelHandlerContext here, PingWebSocketFrame ping) {
        if (rate.take(heardNs) && here.channel().isWritable()) {
            here.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        } else if (rate.hopeless()) {
            close(4029, "far too many pings");
        }
    }

    private static void answerClose(ChannelHandlerContext here, CloseWebSocketFrame closing) {
        int code = closing.statusCode();
        Farewell.after(here, here.writeAndFlush(new CloseWebSocketFrame(code < 0 ? 1000 : code, "")));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            watch.limitHit("broken_frame");
            close(broken.closeStatus().code(), "broken frame");
        } else if (cause instanceof CorruptedFrameException) {
            watch.limitHit("broken_frame");
            close(1002, "broken frame");
        } else {
            here.close();
        }
    }
}
