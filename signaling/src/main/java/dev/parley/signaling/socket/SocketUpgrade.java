package dev.parley.signaling.socket;

import dev.parley.signaling.chat.Chat;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.web.Admissions;
import dev.parley.signaling.web.Origin;
import dev.parley.signaling.web.Problem;
import dev.parley.signaling.web.Request;
import dev.parley.signaling.web.Response;
import dev.parley.signaling.web.Upgrade;
import dev.parley.signaling.web.WebWatch;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// `GET /ws`: refuses, or turns the connection into a WebSocket, RFC 6455 section 4.2. No extension is negotiated, so
/// nothing is ever inflated.
public final class SocketUpgrade implements Upgrade {
    private static final String SUBPROTOCOL = "parley.v1";
    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(MessageFrames.SDP_MESSAGE_BYTES_MAX)
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();

    private final Rooms rooms;
    private final ChatRequests chat;
    private final MessageWriter writer;
    private final @Nullable FilesOffer files;
    private final WebWatch watch;
    private final BooleanSupplier draining;

    /// @param files null where none are taken
    public SocketUpgrade(
            Rooms rooms,
            Chat chat,
            MessageWriter writer,
            @Nullable FilesOffer files,
            WebWatch watch,
            BooleanSupplier draining) {
        this.rooms = rooms;
        this.chat = new ChatRequests(chat);
        this.writer = writer;
        this.files = files;
        this.watch = watch;
        this.draining = draining;
    }

    @Override
    public @Nullable Response upgrade(ChannelHandlerContext context, FullHttpRequest handshake, Request request) {
        Response refusal = refusal(handshake, request.origin());
        if (refusal != null) {
            return refusal;
        }
        Channel channel = context.channel();
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(
                        SocketConnection.OUTBOUND_BYTES_MAX / 2, SocketConnection.OUTBOUND_BYTES_MAX));
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshaker13("/ws", SUBPROTOCOL, FRAMES);
        ChannelFuture done = handshaker.handshake(channel, handshake);
        SignalSocket socket =
                new SignalSocket(rooms, chat, writer, files, request.origin(), () -> Admissions.succeeded(channel));
        context.pipeline().replace(context.handler(), "socket", new SocketConnection(socket, watch));
        channel.config().setAutoRead(true);
        done.addListener(upgraded -> {
            if (!upgraded.isSuccess()) {
                channel.close();
            }
        });
        return null;
    }

    private @Nullable Response refusal(FullHttpRequest handshake, Origin here) {
        HttpHeaders headers = handshake.headers();
        if (draining.getAsBoolean()) {
            return new Problem(503, "draining", "the server is stopping")
                    .toResponse()
                    .with("Retry-After", "5");
        }
        if (!comesFromHere(headers, here)) {
            watch.limitHit("foreign_origin");
            return new Problem(403, "forbidden_origin", "Origin: this host's own pages only").toResponse();
        }
        if (!handshake.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !headers.containsValue("Connection", "upgrade", true)
                || !headers.containsValue("Upgrade", "websocket", true)) {
            return new Problem(426, "bad_upgrade", "this is a WebSocket")
                    .toResponse()
                    .with("Upgrade", "websocket");
        }
        if (!"13".equals(headers.get("Sec-WebSocket-Version"))) {
            return new Problem(426, "bad_upgrade", "WebSocket version 13")
                    .toResponse()
                    .with("Sec-WebSocket-Version", "13");
        }
        if (!isKey(headers.get("Sec-WebSocket-Key"))) {
            return new Problem(400, "bad_upgrade", "Sec-WebSocket-Key: 16 bytes in base64").toResponse();
        }
        if (!headers.containsValue("Sec-WebSocket-Protocol", SUBPROTOCOL, false)) {
            return new Problem(400, "bad_upgrade", "Sec-WebSocket-Protocol: " + SUBPROTOCOL).toResponse();
        }
        return null;
    }

    /// A browser always says where a page is from, and cannot be made to send a token by a page from elsewhere.
    private static boolean comesFromHere(HttpHeaders headers, Origin here) {
        List<String> origins = headers.getAll("Origin");
        if (origins.isEmpty()) {
            String token = headers.get("Authorization");
            return token != null && token.regionMatches(true, 0, "Bearer ", 0, 7) && token.length() > 7;
        }
        return origins.size() == 1 && here.isSameAs(origins.getFirst());
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
