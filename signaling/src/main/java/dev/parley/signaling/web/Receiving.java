package dev.parley.signaling.web;

import dev.parley.signaling.model.BodyException.Kind;
import dev.parley.signaling.web.Router.Receiver;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request whose body is read while it comes: counts it, hurries its sender, and keeps the answer until the body is
/// over, so that the connection can go on. On the connection's event loop.
final class Receiving {
    /// From the head to the last byte: with the largest body this is a network of 70 kbit/s.
    static final long WHOLE_MS = 120_000;
    /// From one byte to the next.
    static final long PAUSE_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

    private final ChannelHandlerContext context;
    private final int maxBytes;
    private final Session session;
    private final BodyStream stream;
    private final long startedNs;
    private long heardNs;
    private int bytes;
    private boolean over;
    private boolean cut;
    private boolean answered;
    private @Nullable Response early;
    private @Nullable ScheduledFuture<?> deadline;

    /// What it asks of the session that it is a part of.
    interface Session {
        /// There is room for more.
        void serve();

        /// Nothing more is taken before the answer.
        void over();

        void answer(@Nullable Response response);
    }

    Receiving(ChannelHandlerContext context, int maxBytes, Session session) {
        this.context = context;
        this.maxBytes = maxBytes;
        this.session = session;
        this.startedNs = nowNs(context);
        this.heardNs = startedNs;
        this.stream = new BodyStream(() -> context.executor().execute(this::hungry));
    }

    private static long nowNs(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    void start(Receiver receiver, Request asked) {
        watch(PAUSE_MS);
        CompletionStage<Response> stage;
        try {
            stage = receiver.receive(asked, stream);
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((response, failure) -> context.executor().execute(() -> {
            if (failure != null) {
                LOG.error("a route failed", failure);
            }
            answer(failure == null ? response : null);
        }));
    }

    private void answer(@Nullable Response response) {
        stream.close();
        if (over && !answered) {
            answered = true;
            session.answer(response);
        } else {
            early = response != null ? response : new Problem(500, "internal", "a fault of the server").toResponse();
        }
    }

    private void hungry() {
        if (!answered && !over) {
            heardNs = nowNs(context); // it was us who were slow
            session.serve();
        }
    }

    boolean wantsMore() {
        return !stream.hasEnough();
    }

    boolean isCut() {
        return cut;
    }

    void take(HttpContent content) {
        heardNs = nowNs(context);
        bytes += content.content().readableBytes();
        if (bytes > maxBytes) {
            cut(Kind.TOO_LARGE);
            return;
        }
        stream.give(content.content());
        if (content instanceof LastHttpContent) {
            stream.end();
            end();
        }
    }

    /// From here on only the answer is waited for.
    private void end() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        session.over();
        if (early != null) {
            answered = true;
            session.answer(early);
        }
    }

    private void cut(Kind kind) {
        if (!over) {
            cut = true;
            stream.fail(kind);
            end();
        }
    }

    /// The connection is gone, or the request is done with.
    void cut() {
        answered = true;
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        stream.fail(Kind.CUT);
    }

    private void watch(long millis) {
        deadline = context.executor().schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = nowNs(context);
        long paused = wantsMore() ? TimeUnit.NANOSECONDS.toMillis(now - heardNs) : 0;
        long left = WHOLE_MS - TimeUnit.NANOSECONDS.toMillis(now - startedNs);
        if (paused >= PAUSE_MS || left <= 0) {
            cut(Kind.TOO_SLOW);
        } else {
            watch(Math.clamp(PAUSE_MS - paused, 1, left));
        }
    }
}
