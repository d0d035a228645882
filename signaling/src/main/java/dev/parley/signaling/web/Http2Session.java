package dev.parley.signaling.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection, RFC 9113: each stream has a pipeline of its own with the same session as HTTP/1.1 has. Closes
/// a connection on which nothing is asked, and one that makes work without asking anything. On the connection's event
/// loop.
///
///     TLS ── Http2FrameCodec ── Http2MultiplexHandler ── this
///                                  └─ stream: frames to requests ── HttpSession
final class Http2Session extends ChannelInboundHandlerAdapter {
    /// At once; the page asks for 40 small files in a row.
    static final int STREAMS_MAX = 64;

    /// Streams that a client or its mistakes make us reset, in ten seconds: a page that is left in loading has 64.
    static final int RESETS_MAX = 200;

    private static final int RESETS_SECONDS = 10;

    /// Small CONTINUATION frames of one header block; 16 KiB need one large one.
    private static final int CONTINUATIONS_MAX = 16;

    /// Acknowledgements that a client asks for and does not take.
    private static final int CONTROL_FRAMES_MAX = 1_000;

    private static final int EMPTY_DATA_FRAMES_MAX = 2;

    private static final long FAREWELL_MS = 1_000;

    private final Http2FrameCodec codec;
    private final WebWatch watch;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean counted;

    private Http2Session(Http2FrameCodec codec, WebWatch watch) {
        this.codec = codec;
        this.watch = watch;
    }

    /// Appends HTTP/2 to a pipeline whose TLS has negotiated it.
    static void install(ChannelPipeline pipeline, Site site) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(STREAMS_MAX)
                        .maxHeaderListSize(HttpSession.HEADER_BYTES_MAX))
                .validateRequiredPseudoHeaders(true)
                .decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
                .decoderEnforceMaxSmallContinuationFrames(CONTINUATIONS_MAX)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES_MAX)
                .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES_MAX)
                .gracefulShutdownTimeoutMillis(FAREWELL_MS)
                .build();
        pipeline.addLast("http2", codec);
        pipeline.addLast("streams", new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast("http", new Http2StreamFrameToHttpObjectCodec(true));
                stream.pipeline().addLast("session", new HttpSession(site, true));
            }
        }));
        pipeline.addLast("session", new Http2Session(codec, site.watch()));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        awaitStream(context, HttpSession.FIRST_REQUEST_MS);
        codec.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {
                if (errorCode != Http2Error.NO_ERROR.code() && !counted) {
                    counted = true;
                    watch.limitHit("broken_http2");
                }
            }

            @Override
            public void onStreamActive(Http2Stream stream) {
                cancelDeadline();
            }

            @Override
            public void onStreamClosed(Http2Stream stream) {
                if (codec.connection().numActiveStreams() == 0) {
                    awaitStream(context, HttpSession.NEXT_REQUEST_MS);
                }
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelDeadline();
        context.fireChannelInactive();
    }

    private void awaitStream(ChannelHandlerContext context, long millis) {
        cancelDeadline();
        deadline = context.executor().schedule(() -> idle(context, millis), millis, TimeUnit.MILLISECONDS);
    }

    private void idle(ChannelHandlerContext context, long millis) {
        if (millis == HttpSession.FIRST_REQUEST_MS && !counted) {
            watch.limitHit("slow_request");
        }
        context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        context.close();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /// For a fault of HTTP/2 the codec has said GOAWAY and closes by itself.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof Http2Exception)) {
            context.close();
        }
    }
}
