package dev.parley.sfu.srtp;

import dev.parley.sfu.base.Bytes;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One key of AES in counter mode and one of HMAC-SHA1 cut to 80 bits, in the JDK's provider. Belongs to one loop.
///
/// The first counter block, [RFC 3711 §4.1.1](https://www.rfc-editor.org/rfc/rfc3711#section-4.1.1), is the XOR of
///
///     | salt (14)                        | 0 0 |
///     | 0 0 0 0 | SSRC (4) | 0 …         | 0 0 |
///     | 0 …                | 48-bit index | 0 0 |
final class CounterMode {
    static final int TAG_LENGTH = 10;

    private static final int BLOCK_LENGTH = 16;
    private static final int SHA1_LENGTH = 20;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final Cipher cipher;
    private final Mac mac;
    private final byte[] iv = new byte[BLOCK_LENGTH];
    private final byte[] word = new byte[Integer.BYTES];
    private final byte[] digest = new byte[SHA1_LENGTH];

    CounterMode(SessionKeys keys) {
        key = new SecretKeySpec(keys.encryption, "AES");
        salt = keys.salt;
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
            mac = Mac.getInstance("HmacSHA1", "SunJCE");
            mac.init(new SecretKeySpec(keys.authentication, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES counter mode and HMAC-SHA1 must be there", e);
        }
    }

    void start(int ssrc, long index) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        Bytes.i32(iv, 4, Bytes.i32(iv, 4) ^ ssrc);
        Bytes.u16(iv, 8, Bytes.u16(iv, 8) ^ (int) (index >>> 32));
        Bytes.i32(iv, 10, Bytes.i32(iv, 10) ^ (int) index);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every key and counter will do", e);
        }
    }

    /// The first bytes in place: a few, because the provider makes an array as long as they are.
    void encryptFirst(byte[] bytes, int from, int count) {
        try {
            cipher.update(bytes, from, count, bytes, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("counter mode cannot fail", e);
        }
    }

    /// The other bytes, from one array to another.
    void encryptLast(byte[] in, int from, int count, byte[] out, int at) {
        try {
            cipher.doFinal(in, from, count, out, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("counter mode cannot fail", e);
        }
    }

    /// Encrypts or decrypts, which are the same.
    void cryptInPlace(byte[] bytes, int from, int count) {
        try {
            cipher.doFinal(bytes, from, count, bytes, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("counter mode cannot fail", e);
        }
    }

    /// Writes at `at` the tag of the packet's first `count` bytes and a word.
    ///
    /// @return where the tag ends
    int writeTag(byte[] packet, int count, int word, int at) {
        authenticate(packet, count, word);
        System.arraycopy(digest, 0, packet, at, TAG_LENGTH);
        return at + TAG_LENGTH;
    }

    /// Compares in a time that does not depend on where the first difference is.
    boolean tagHolds(byte[] packet, int count, int word, int at) {
        authenticate(packet, count, word);
        int difference = 0;
        for (int i = 0; i < TAG_LENGTH; i++) {
            difference |= digest[i] ^ packet[at + i];
        }
        return difference == 0;
    }

    private void authenticate(byte[] packet, int count, int last) {
        Bytes.i32(word, 0, last);
        mac.update(packet, 0, count);
        mac.update(word, 0, word.length);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the digest has room", e);
        }
    }
}
