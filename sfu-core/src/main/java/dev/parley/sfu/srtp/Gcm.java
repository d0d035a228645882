package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Packet;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One key of AES-128-GCM in the JDK's provider, started anew for each packet. Belongs to one loop.
///
/// The initialisation vector, [RFC 7714 §8.1](https://www.rfc-editor.org/rfc/rfc7714#section-8.1), is the salt XOR
///
///     | 0 0 | SSRC (4) | rollover counter (4) | sequence (2) |      RTP: the last six are the 48-bit index
///     | 0 0 | SSRC (4) | 0 0 | 0 + 31-bit index (4)          |      RTCP (§9.1)
final class Gcm {
    static final int SEAL = Cipher.ENCRYPT_MODE;
    static final int OPEN = Cipher.DECRYPT_MODE;

    private static final int TAG_BITS = 128;
    private static final int IV_LENGTH = 12;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final Cipher cipher;
    private final byte[] iv = new byte[IV_LENGTH];

    /// The provider opens into another array than it reads from, or else makes one for each packet.
    private final byte[] opened = new byte[Packet.CAPACITY];

    Gcm(SessionKeys keys) {
        key = new SecretKeySpec(keys.encryption, "AES");
        salt = keys.salt;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM must be there", e);
        }
    }

    void start(int mode, int ssrc, long index) {
        iv[0] = salt[0];
        iv[1] = salt[1];
        Bytes.i32(iv, 2, Bytes.i32(salt, 2) ^ ssrc);
        Bytes.u16(iv, 6, Bytes.u16(salt, 6) ^ (int) (index >>> 32));
        Bytes.i32(iv, 8, Bytes.i32(salt, 8) ^ (int) index);
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key and an index were taken twice, or are no key", e);
        }
    }

    void authenticate(byte[] bytes, int from, int count) {
        cipher.updateAAD(bytes, from, count);
    }

    /// @return bytes written: those of `in` and the tag
    int seal(byte[] in, int from, int count, byte[] out, int at) {
        try {
            return cipher.doFinal(in, from, count, out, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing cannot fail", e);
        }
    }

    /// @return bytes left without the tag, or -1 when it is wrong
    int open(byte[] bytes, int from, int count) {
        try {
            int left = cipher.doFinal(bytes, from, count, opened, 0);
            System.arraycopy(opened, 0, bytes, from, left);
            return left;
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening fails by its tag only", e);
        }
    }
}
