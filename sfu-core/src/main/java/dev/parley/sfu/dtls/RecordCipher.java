package dev.parley.sfu.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/// The cipher of epoch 1: BouncyCastle uses it for the two Finished messages and then hands it over for good, so that a
/// sequence number is never used by two. Belongs to the handshake's thread until `handOver`, then to the owner's loop.
final class RecordCipher implements TlsCipher {
    private static final long SEQUENCE_MASK = 0xffff_ffff_ffffL;

    private final TlsCipher cipher;
    private long nextToSend;
    private long lastReceived = -1;
    private boolean handedOver;

    RecordCipher(TlsCipher cipher) {
        this.cipher = cipher;
    }

    /// From here on BouncyCastle can send nothing any more.
    TlsCipher handOver() {
        handedOver = true;
        return cipher;
    }

    /// The first sequence number that BouncyCastle has not used.
    long nextToSend() {
        return nextToSend;
    }

    /// The highest sequence number that it took, or -1.
    long lastReceived() {
        return lastReceived;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long number, short type, ProtocolVersion version, int header, byte[] plain, int offset, int length)
            throws IOException {
        if (handedOver) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        nextToSend = Math.max(nextToSend, (number & SEQUENCE_MASK) + 1);
        return cipher.encodePlaintext(number, type, version, header, plain, offset, length);
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long number, short type, ProtocolVersion version, byte[] sealed, int offset, int length)
            throws IOException {
        TlsDecodeResult opened = cipher.decodeCiphertext(number, type, version, sealed, offset, length);
        lastReceived = Math.max(lastReceived, number & SEQUENCE_MASK);
        return opened;
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public void rekeyDecoder() throws IOException {
        cipher.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
        cipher.rekeyEncoder();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return cipher.usesOpaqueRecordTypeEncode();
    }
}
