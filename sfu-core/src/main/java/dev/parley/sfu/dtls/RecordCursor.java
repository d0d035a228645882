package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireReader;

/// Walks over the records of one datagram, [RFC 6347 §4.1](https://www.rfc-editor.org/rfc/rfc6347#section-4.1):
///
///     | type 1 | version 2 | epoch 2 | sequence number 6 | length 2 | fragment ... |
///
/// Reused for datagram after datagram; one loop only.
final class RecordCursor {
    static final int HEADER_BYTES = 13;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /// What ClientHellos of browsers carry in the record header.
    static final int DTLS_1_0 = 0xfeff;

    static final int DTLS_1_2 = 0xfefd;

    private WireReader reader = WireReader.of(new byte[0]);
    private int start;
    private int type;
    private int epoch;
    private long number;
    private int length;

    void reset(byte[] datagram, int bytes) {
        reader = WireReader.of(datagram, 0, bytes);
    }

    /// True when there is anything left, record or not.
    boolean more() {
        return reader.remaining() > 0;
    }

    /// Reads the next record; false when what is left is none, and then nothing more is read from this datagram.
    boolean next() {
        start = reader.position();
        type = reader.u8();
        int version = reader.u16();
        epoch = reader.u16();
        number = (long) reader.u16() << 32 | reader.u32();
        length = reader.u16();
        reader.skip(length);
        boolean sound = !reader.overrun()
                && length > 0
                && type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && (version == DTLS_1_0 || version == DTLS_1_2);
        if (!sound) {
            reader.skip(reader.remaining());
        }
        return sound;
    }

    int type() {
        return type;
    }

    int epoch() {
        return epoch;
    }

    long number() {
        return number;
    }

    byte[] array() {
        return reader.array();
    }

    /// Where the record's header begins.
    int start() {
        return start;
    }

    int bodyStart() {
        return start + HEADER_BYTES;
    }

    int bodyBytes() {
        return length;
    }

    WireReader body() {
        return WireReader.of(reader.array(), bodyStart(), length);
    }

    byte[] copy() {
        return WireReader.of(reader.array(), start, HEADER_BYTES + length).bytes(HEADER_BYTES + length);
    }
}
