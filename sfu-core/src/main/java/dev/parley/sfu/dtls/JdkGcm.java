package dev.parley.sfu.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.jspecify.annotations.Nullable;

/// AES-GCM of the JDK behind BouncyCastle's interface, one direction of one connection. One thread at a time.
final class JdkGcm implements TlsAEADCipherImpl {
    private final boolean encrypting;
    private final int macBytes;
    private final Cipher cipher;
    private @Nullable SecretKeySpec key;

    JdkGcm(boolean encrypting, int macBytes) throws IOException {
        this.encrypting = encrypting;
        this.macBytes = macBytes;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void setKey(byte[] bytes, int offset, int length) {
        key = new SecretKeySpec(bytes, offset, length, "AES");
    }

    @Override
    public void init(byte[] nonce, int macSize) throws IOException {
        try {
            cipher.init(
                    encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(8 * macSize, nonce));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public int getOutputSize(int inputLength) {
        return encrypting ? inputLength + macBytes : inputLength - macBytes;
    }

    /// Throws an unchecked exception when the tag is wrong, as the caller expects.
    @Override
    public int doFinal(byte[] additional, byte[] input, int inputOffset, int inputLength, byte[] output, int offset) {
        try {
            cipher.updateAAD(additional);
            return cipher.doFinal(input, inputOffset, inputLength, output, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
