package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireWriter;

/// Records of epoch 0, which are not encrypted.
final class PlainRecord {
    static final int ALERT_WARNING = 1;
    static final int ALERT_FATAL = 2;

    static final int CLOSE_NOTIFY = 0;
    static final int HANDSHAKE_FAILURE = 40;
    static final int NO_RENEGOTIATION = 100;

    private PlainRecord() {}

    /// A record with room for its body behind the header.
    static byte[] of(int type, long number, int bodyBytes) {
        byte[] record = new byte[RecordCursor.HEADER_BYTES + bodyBytes];
        WireWriter.of(record)
                .u8(type)
                .u16(RecordCursor.DTLS_1_2)
                .u16(0)
                .u16((int) (number >>> 32))
                .u32(number & 0xffff_ffffL)
                .u16(bodyBytes);
        return record;
    }

    static byte[] changeCipherSpec(long number) {
        byte[] record = of(RecordCursor.CHANGE_CIPHER_SPEC, number, 1);
        record[RecordCursor.HEADER_BYTES] = 1;
        return record;
    }

    static byte[] alert(long number, int level, int description) {
        byte[] record = of(RecordCursor.ALERT, number, 2);
        record[RecordCursor.HEADER_BYTES] = (byte) level;
        record[RecordCursor.HEADER_BYTES + 1] = (byte) description;
        return record;
    }
}
