package dev.parley.sfu.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Session keys from a master key and salt, [RFC 3711 §4.3](https://www.rfc-editor.org/rfc/rfc3711#section-4.3), with a
/// key derivation rate of zero: one set for the life of the session. Stateless; for start-up, not for the hot path.
public final class KeyDerivation {
    /// What a derived key is for, [RFC 3711 §4.3.2](https://www.rfc-editor.org/rfc/rfc3711#section-4.3.2).
    public enum Label {
        RTP_ENCRYPTION,
        RTP_AUTHENTICATION,
        RTP_SALT,
        RTCP_ENCRYPTION,
        RTCP_AUTHENTICATION,
        RTCP_SALT
    }

    /// The label stands above the 48 bits of `index DIV rate`, right-aligned with the salt of 14 bytes.
    private static final int LABEL_AT = 7;

    private static final int BLOCK_LENGTH = 16;

    private KeyDerivation() {}

    /// The first `length` bytes of AES counter mode under the master key, started at salt XOR label. A salt of 12 bytes
    /// (AEAD) counts as followed by zeros, [RFC 7714 §11](https://www.rfc-editor.org/rfc/rfc7714#section-11).
    public static byte[] derive(byte[] masterKey, byte[] masterSalt, Label label, int length) {
        byte[] start = Arrays.copyOf(masterSalt, BLOCK_LENGTH);
        start[LABEL_AT] ^= (byte) label.ordinal();
        try {
            Cipher counterMode = Cipher.getInstance("AES/CTR/NoPadding");
            counterMode.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(start));
            return counterMode.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES counter mode must be there", e);
        }
    }
}
