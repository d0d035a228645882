package dev.parley.signaling.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides by its first bytes what a TCP connection is. All that share the one port stand in the table; what is in no
/// row is closed and counted.
final class FirstBytes extends ByteToMessageDecoder {
    /// Enough to tell STUN's magic cookie behind an RFC 4571 length.
    static final int BYTES_NEEDED = 10;

    static final long DEADLINE_MS = 5_000;

    private static final int STUN_COOKIE = 0x2112_a442;

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    private final List<Row> table;
    private final WebWatch watch;
    private @Nullable ScheduledFuture<?> deadline;

    /// One kind of connection: how its first ten bytes look, and what is put behind this handler for it.
    record Row(String what, Predicate<ByteBuf> looksSo, Consumer<ChannelPipeline> serve) {}

    FirstBytes(List<Row> table, WebWatch watch) {
        this.table = table;
        this.watch = watch;
    }

    /// A TLS handshake record of any version, RFC 8446 section 5.1: `0x16 0x03`.
    static boolean tls(ByteBuf bytes) {
        return bytes.getUnsignedShort(bytes.readerIndex()) == 0x1603;
    }

    /// STUN in an RFC 4571 frame, the begin of ICE-TCP: two bytes of length, then a message whose first two bits are
    /// zero
    /// and whose magic cookie, RFC 8489 section 5, is at its offset 4.
    static boolean framedStun(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return (bytes.getByte(at + 2) & 0xc0) == 0 && bytes.getInt(at + 6) == STUN_COOKIE;
    }

    static boolean http(ByteBuf bytes) {
        String start = bytes.toString(bytes.readerIndex(), BYTES_NEEDED, StandardCharsets.US_ASCII);
        int blank = start.indexOf(' ');
        return blank > 0 && METHODS.contains(start.substring(0, blank));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(() -> giveUp(context, "no_first_bytes"), DEADLINE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < BYTES_NEEDED) {
            return;
        }
        for (Row row : table) {
            if (row.looksSo().test(in)) {
                row.serve().accept(context.pipeline());
                context.pipeline().remove(this); // hands on what it has read
                return;
            }
        }
        in.skipBytes(in.readableBytes());
        giveUp(context, "unknown_first_bytes");
    }

    private void giveUp(ChannelHandlerContext context, String limit) {
        watch.limitHit(limit);
        context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
