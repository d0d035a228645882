package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.ArrayList;
import java.util.List;

/// A whole handshake message.
record HandshakeMessage(int type, int messageSeq, byte[] body) {
    static final int HELLO_REQUEST = 0;
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int HELLO_VERIFY_REQUEST = 3;
    static final int CERTIFICATE = 11;
    static final int SERVER_KEY_EXCHANGE = 12;
    static final int CERTIFICATE_REQUEST = 13;
    static final int SERVER_HELLO_DONE = 14;
    static final int CERTIFICATE_VERIFY = 15;
    static final int CLIENT_KEY_EXCHANGE = 16;
    static final int FINISHED = 20;

    /// Small enough for the buffers of [HandshakeThread].
    private static final int PIECE_BYTES = 1400;

    /// The message in records of epoch 0 as a well-behaved peer would have sent them.
    ///
    /// @param number of the first record
    List<byte[]> records(long number) {
        List<byte[]> records = new ArrayList<>(1);
        int offset = 0;
        do {
            int bytes = Math.min(PIECE_BYTES, body.length - offset);
            records.add(record(number + records.size(), offset, bytes));
            offset += bytes;
        } while (offset < body.length);
        return records;
    }

    private byte[] record(long number, int offset, int bytes) {
        byte[] record = PlainRecord.of(RecordCursor.HANDSHAKE, number, Fragment.HEADER_BYTES + bytes);
        int fragment = record.length - Fragment.HEADER_BYTES - bytes;
        WireWriter.of(record, fragment, record.length - fragment)
                .u8(type)
                .u24(body.length)
                .u16(messageSeq)
                .u24(offset)
                .u24(bytes)
                .bytes(body, offset, bytes);
        return record;
    }

    WireReader reader() {
        return WireReader.of(body);
    }
}
