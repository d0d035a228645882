package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// Are you there, and the answer with the same bytes,
/// [RFC 9260 §3.3.5](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.5):
///
///     | type = 4, 5 | flags | length | info type = 1 | info length | info … |
public record HeartbeatChunk(boolean ack, byte[] info) implements Chunk {
    private static final int INFO = 1;

    static @Nullable HeartbeatChunk parse(boolean ack, WireReader r) {
        Tlv info = Tlv.next(r);
        return info == null || info.type() != INFO
                ? null
                : new HeartbeatChunk(ack, info.value().bytes(info.value().remaining()));
    }

    @Override
    public int type() {
        return ack ? ChunkType.HEARTBEAT_ACK : ChunkType.HEARTBEAT;
    }

    @Override
    public void writeValue(WireWriter w) {
        w.u16(INFO).u16(Tlv.HEADER_BYTES + info.length).bytes(info);
    }
}
