package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// INIT and INIT ACK, [RFC 9260 §3.3.2, §3.3.3](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.2):
///
///     | type = 1, 2 | flags | length | initiate tag | window | outgoing streams | incoming streams |
///     | initial TSN | parameters … |
///
/// @param window bytes that its sender takes (a_rwnd)
/// @param outgoingStreams that its sender wants to send on
/// @param incomingStreams that its sender takes
public record InitChunk(
        boolean ack,
        int initiateTag,
        long window,
        int outgoingStreams,
        int incomingStreams,
        int initialTsn,
        InitParameters parameters)
        implements Chunk {

    static @Nullable InitChunk parse(boolean ack, WireReader r) {
        int initiateTag = r.i32();
        long window = r.u32();
        int outgoingStreams = r.u16();
        int incomingStreams = r.u16();
        int initialTsn = r.i32();
        InitParameters parameters = r.overrun() ? null : InitParameters.parse(r);
        return parameters == null
                ? null
                : new InitChunk(ack, initiateTag, window, outgoingStreams, incomingStreams, initialTsn, parameters);
    }

    @Override
    public int type() {
        return ack ? ChunkType.INIT_ACK : ChunkType.INIT;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.i32(initiateTag).u32(window).u16(outgoingStreams).u16(incomingStreams).i32(initialTsn);
        parameters.write(w);
    }
}
