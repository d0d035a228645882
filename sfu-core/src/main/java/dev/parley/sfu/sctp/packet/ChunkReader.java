package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import org.jspecify.annotations.Nullable;

/// The chunks of a packet, one after the other, as far as it is well-formed. One loop's thread.
public final class ChunkReader {
    private final WireReader packet;
    private boolean malformed;

    /// @param packet stands behind the common header
    public ChunkReader(WireReader packet) {
        this.packet = packet;
    }

    /// Null at the end, or where a chunk is broken.
    public @Nullable Chunk next() {
        if (packet.remaining() == 0 || malformed) {
            return null;
        }
        int type = packet.u8();
        int flags = packet.u8();
        int length = packet.u16();
        WireReader value = packet.slice(length - Chunk.HEADER_BYTES);
        Chunk chunk = packet.overrun() ? null : parse(type, flags, value);
        malformed = chunk == null;
        packet.skip(Math.min(Tlv.padded(length) - length, packet.remaining()));
        return chunk;
    }

    /// That the last `next` ended before the packet did.
    public boolean malformed() {
        return malformed;
    }

    private static @Nullable Chunk parse(int type, int flags, WireReader value) {
        return switch (type) {
            case ChunkType.DATA, ChunkType.I_DATA -> DataChunk.parse(type == ChunkType.I_DATA, flags, value);
            case ChunkType.INIT, ChunkType.INIT_ACK -> InitChunk.parse(type == ChunkType.INIT_ACK, value);
            case ChunkType.SACK -> SackChunk.parse(value);
            case ChunkType.HEARTBEAT, ChunkType.HEARTBEAT_ACK ->
                HeartbeatChunk.parse(type == ChunkType.HEARTBEAT_ACK, value);
            case ChunkType.ABORT -> AbortChunk.parse(flags, value);
            case ChunkType.SHUTDOWN -> ShutdownChunk.parse(value);
            case ChunkType.SHUTDOWN_ACK -> new ShutdownAckChunk();
            case ChunkType.ERROR -> ErrorChunk.parse(value);
            case ChunkType.COOKIE_ECHO -> new CookieEchoChunk(value.bytes(value.remaining()));
            case ChunkType.COOKIE_ACK -> new CookieAckChunk();
            case ChunkType.SHUTDOWN_COMPLETE -> new ShutdownCompleteChunk((flags & 1) != 0);
            case ChunkType.RE_CONFIG -> ReconfigChunk.parse(value);
            case ChunkType.FORWARD_TSN, ChunkType.I_FORWARD_TSN ->
                ForwardTsnChunk.parse(type == ChunkType.I_FORWARD_TSN, value);
            default -> new UnknownChunk(type, flags, value.bytes(value.remaining()));
        };
    }
}
