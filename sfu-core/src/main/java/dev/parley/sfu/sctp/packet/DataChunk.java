package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// One fragment of a message, DATA or I-DATA; its picture is at [DataHeader].
public record DataChunk(DataHeader header, byte[] array, int offset, int length) implements Chunk {

    static @Nullable DataChunk parse(boolean interleaved, int flags, WireReader r) {
        int tsn = r.i32();
        int stream = r.u16();
        int ssn = r.u16();
        int mid = interleaved ? r.i32() : 0;
        int last = r.i32();
        if (r.overrun()) {
            return null;
        }
        DataHeader header = interleaved
                ? interleaved(flags, tsn, stream, mid, last)
                : DataHeader.of(false, flags, tsn, stream, ssn, 0, last);
        return new DataChunk(header, r.array(), r.position(), r.remaining());
    }

    private static DataHeader interleaved(int flags, int tsn, int stream, int mid, int ppidOrFsn) {
        DataHeader first = DataHeader.of(true, flags, tsn, stream, mid, 0, ppidOrFsn);
        return first.begin() ? first : DataHeader.of(true, flags, tsn, stream, mid, ppidOrFsn, 0);
    }

    @Override
    public int type() {
        return header.type();
    }

    @Override
    public int flags() {
        return header.flags();
    }

    @Override
    public void writeValue(WireWriter w) {
        header.writeFields(w);
        w.bytes(array, offset, length);
    }
}
