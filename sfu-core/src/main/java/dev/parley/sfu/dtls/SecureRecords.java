package dev.parley.sfu.dtls;

import dev.parley.sfu.base.WireWriter;
import java.io.IOException;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.jspecify.annotations.Nullable;

/// The records of epoch 1 once the handshake is done: sealing, opening and the replay window, without BouncyCastle's
/// record layer, which would block. Owner's loop only.
final class SecureRecords {
    static final int EPOCH = 1;

    private static final long EPOCH_BITS = (long) EPOCH << 48;

    /// An authenticated record's content, decrypted where it lay.
    record Opened(int type, byte[] array, int offset, int length) {}

    private final TlsCipher cipher;
    private final ReplayWindow window = new ReplayWindow();
    private long nextToSend;

    SecureRecords(RecordCipher handshake) {
        nextToSend = handshake.nextToSend();
        if (handshake.lastReceived() >= 0) {
            window.took(handshake.lastReceived());
        }
        cipher = handshake.handOver();
    }

    /// A whole record. The sequence number is used up even when it is never sent.
    byte[] seal(int type, byte[] plain, int offset, int length) {
        long number = nextToSend++;
        try {
            TlsEncodeResult sealed = cipher.encodePlaintext(
                    EPOCH_BITS | number,
                    (short) type,
                    ProtocolVersion.DTLSv12,
                    RecordCursor.HEADER_BYTES,
                    plain,
                    offset,
                    length);
            WireWriter.of(sealed.buf, sealed.off, sealed.len)
                    .u8(type)
                    .u16(RecordCursor.DTLS_1_2)
                    .i64(EPOCH_BITS | number)
                    .u16(sealed.len - RecordCursor.HEADER_BYTES);
            return sealed.buf;
        } catch (IOException e) {
            throw new IllegalStateException(e); // the JDK's cipher refused our own key or nonce
        }
    }

    /// Null for what is old, forged or broken.
    @Nullable
    Opened open(RecordCursor record) {
        if (!window.maybeNew(record.number())) {
            return null;
        }
        try {
            TlsDecodeResult opened = cipher.decodeCiphertext(
                    EPOCH_BITS | record.number(),
                    (short) record.type(),
                    ProtocolVersion.DTLSv12,
                    record.array(),
                    record.bodyStart(),
                    record.bodyBytes());
            window.took(record.number());
            return new Opened(opened.contentType, opened.buf, opened.off, opened.len);
        } catch (IOException forged) {
            return null;
        }
    }
}
