package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import org.jspecify.annotations.Nullable;

/// A parameter or an error cause, which look alike, [RFC 9260
/// §3.2.1](https://www.rfc-editor.org/rfc/rfc9260#section-3.2.1):
///
///     | type | length (4 and the value) | value … | padding to 4 |
public record Tlv(int type, WireReader value) {
    static final int HEADER_BYTES = 4;

    /// The next one, or null at the end and where lengths lie (then the reader has overrun).
    public static @Nullable Tlv next(WireReader r) {
        if (r.remaining() == 0) {
            return null;
        }
        int type = r.u16();
        int length = r.u16();
        WireReader value = r.slice(length - HEADER_BYTES);
        if (r.overrun()) {
            return null;
        }
        r.skip(Math.min(padded(length) - length, r.remaining()));
        return new Tlv(type, value);
    }

    /// Padding stands before the next one, not behind the last: that belongs to the chunk and is not in its length.
    public static void write(WireWriter w, int type, byte[] value) {
        align(w);
        w.u16(type).u16(HEADER_BYTES + value.length).bytes(value);
    }

    public static int padded(int length) {
        return (length + 3) & ~3;
    }

    /// Zeros up to the next multiple of 4 from where the writer began.
    public static void align(WireWriter w) {
        while (w.written() % 4 != 0 && !w.overflow()) {
            w.u8(0);
        }
    }
}
