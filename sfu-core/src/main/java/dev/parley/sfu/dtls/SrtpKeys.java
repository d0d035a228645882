package dev.parley.sfu.dtls;

import java.util.Arrays;

/// SRTP master keys and salts as exported from a handshake, [RFC 5764
/// §4.2](https://www.rfc-editor.org/rfc/rfc5764#section-4.2):
///
///     | client key | server key | client salt | server salt |
///
/// @param profile what use_srtp agreed on: one of the constants here
public record SrtpKeys(int profile, byte[] clientKey, byte[] clientSalt, byte[] serverKey, byte[] serverSalt) {
    public static final int AES_CM_128_HMAC_SHA1_80 = 1;
    public static final int AEAD_AES_128_GCM = 7;

    private static final int KEY_BYTES = 16;

    /// How many bytes a profile wants from the exporter.
    static int exportedBytes(int profile) {
        return 2 * (KEY_BYTES + saltBytes(profile));
    }

    static SrtpKeys of(int profile, byte[] exported) {
        int salts = 2 * KEY_BYTES;
        int saltBytes = saltBytes(profile);
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(exported, 0, KEY_BYTES),
                Arrays.copyOfRange(exported, salts, salts + saltBytes),
                Arrays.copyOfRange(exported, KEY_BYTES, salts),
                Arrays.copyOfRange(exported, salts + saltBytes, salts + 2 * saltBytes));
    }

    private static int saltBytes(int profile) {
        return profile == AEAD_AES_128_GCM ? 12 : 14;
    }

    /// Says nothing secret.
    @Override
    public String toString() {
        return "SrtpKeys[profile=" + profile + "]";
    }
}
