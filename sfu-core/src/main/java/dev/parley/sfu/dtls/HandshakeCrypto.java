package dev.parley.sfu.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/// BouncyCastle's lightweight cryptography for one handshake, with two changes: AES-GCM for records is the JDK's, which
/// uses the processor's instructions, and the record cipher is kept for the time after the handshake. All chance comes
/// from the source it was given and none from the clock.
final class HandshakeCrypto extends BcTlsCrypto {
    private @Nullable RecordCipher records;

    HandshakeCrypto(SecureRandom random) {
        super(random);
    }

    @Nullable
    RecordCipher records() {
        return records;
    }

    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return size -> {
            byte[] nonce = new byte[size];
            getSecureRandom().nextBytes(nonce);
            return nonce;
        };
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        RecordCipher created = new RecordCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
        records = created;
        return created;
    }

    /// The explicit nonce is the record's epoch and sequence number, so no nonce is ever used twice.
    @Override
    protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keyBytes, int macBytes)
            throws IOException {
        return new TlsAEADCipher(
                parameters,
                new JdkGcm(true, macBytes),
                new JdkGcm(false, macBytes),
                keyBytes,
                macBytes,
                TlsAEADCipher.AEAD_GCM,
                null);
    }
}
