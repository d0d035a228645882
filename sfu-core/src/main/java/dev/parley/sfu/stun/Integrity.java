package dev.parley.sfu.stun;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.ice4j.attribute.MessageIntegrityAttribute;

/// MESSAGE-INTEGRITY as received, RFC 8489 §14.5: an HMAC-SHA1 over all that stands before it, with the
/// header's length counting up to its end.
public final class Integrity {
    private final byte[] covered;
    private final byte[] claimed;

    Integrity(byte[] covered, byte[] claimed) {
        this.covered = covered;
        this.claimed = claimed;
    }

    /// Short-term credentials, RFC 8489 §9.1.1: the key is the password itself. The time taken does not depend
    /// on where the two differ.
    boolean matches(String password) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        return matches(key);
    }

    boolean matches(byte[] key) {
        if (key.length == 0) {
            return false;
        }
        byte[] expected = MessageIntegrityAttribute.calculateHmacSha1(covered, 0, covered.length, key);
        return MessageDigest.isEqual(expected, claimed);
    }
}
