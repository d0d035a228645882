package dev.parley.signaling.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A response whose body comes from a disk, on a virtual thread of its own: a piece is read while the one before is on
/// its way, and no more, so that a client that reads slowly costs two pieces of memory.
final class FileSending {
    static final int PIECE_BYTES = 64 * 1024;
    /// For one piece; a client that takes nothing for so long is let go.
    static final long STALLED_MS = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(FileSending.class);

    private final ChannelHandlerContext context;
    private final Body body;
    private final WebWatch watch;
    private final Consumer<ChannelFuture> then;

    private FileSending(ChannelHandlerContext context, Body body, WebWatch watch, Consumer<ChannelFuture> then) {
        this.context = context;
        this.body = body;
        this.watch = watch;
        this.then = then;
    }

    /// On the event loop, on which `then` is told of the last write too.
    static void start(
            ChannelHandlerContext context,
            int status,
            HttpHeaders headers,
            Body body,
            boolean headOnly,
            WebWatch watch,
            Consumer<ChannelFuture> then) {
        FileSending sending = new FileSending(context, body, watch, then);
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers));
        if (headOnly) {
            body.closeAnyway();
            then.accept(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
        } else {
            Thread.ofVirtual().name("file-sending").start(sending::run);
        }
    }

    private void run() {
        try {
            sendAll();
            context.executor().execute(() -> then.accept(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)));
        } catch (IOException e) {
            LOG.debug("a file was not sent as a whole", e);
            context.close(); // what was promised cannot be kept
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.close();
        } catch (RuntimeException | Error e) {
            LOG.error("sending a file failed", e); // no memory, perhaps; the client would wait for ever
            context.close();
        } finally {
            body.closeAnyway();
        }
    }

    private void sendAll() throws IOException, InterruptedException {
        ChannelFuture before = null;
        for (long left = body.length(); left > 0; ) {
            int size = (int) Math.min(left, PIECE_BYTES);
            ByteBuf piece = context.alloc().buffer(size, size);
            try {
                fill(piece, size);
            } catch (IOException | RuntimeException e) {
                piece.release();
                throw e;
            }
            left -= size;
            ChannelFuture now = context.writeAndFlush(new DefaultHttpContent(piece));
            if (before != null) {
                await(before);
            }
            before = now;
        }
        if (before != null) {
            await(before);
        }
    }

    private void fill(ByteBuf piece, int size) throws IOException {
        ByteBuffer room = piece.nioBuffer(0, size);
        while (room.hasRemaining()) {
            body.read(room);
        }
        piece.writerIndex(size);
    }

    private void await(ChannelFuture write) throws IOException, InterruptedException {
        if (!write.await(STALLED_MS, TimeUnit.MILLISECONDS)) {
            watch.limitHit("slow_download");
            throw new IOException("the client takes nothing");
        }
        if (!write.isSuccess()) {
            throw new IOException("the connection is gone", write.cause());
        }
    }
}
