package dev.parley.signaling.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import org.jspecify.annotations.Nullable;

/// Something that takes an HTTP connection over, a WebSocket say.
@FunctionalInterface
public interface Upgrade {
    /// A response refuses, and the connection goes on as HTTP. Null: the connection is taken; every handler behind the
    /// HTTP codec is gone once the upgrade's own ones are in.
    @Nullable
    Response upgrade(ChannelHandlerContext context, FullHttpRequest handshake, Request request);
}
