package dev.parley.sfu.srtp;

import org.jspecify.annotations.Nullable;

/// The protection profiles that we negotiate in `use_srtp`, best first. Immutable.
///
/// Numbers and lengths: [RFC 7714 §14.2](https://www.rfc-editor.org/rfc/rfc7714#section-14.2) and
/// [RFC 5764 §4.1.2](https://www.rfc-editor.org/rfc/rfc5764#section-4.1.2).
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 12, 0, 16),
    AES_CM_128_HMAC_SHA1_80(0x0001, 14, 20, 10);

    private static final int KEY_LENGTH = 16;

    private final int wireNumber;
    private final int saltLength;
    private final int authenticationKeyLength;
    private final int tagLength;

    SrtpProfile(int wireNumber, int saltLength, int authenticationKeyLength, int tagLength) {
        this.wireNumber = wireNumber;
        this.saltLength = saltLength;
        this.authenticationKeyLength = authenticationKeyLength;
        this.tagLength = tagLength;
    }

    /// The profile with this number in the `use_srtp` extension, or null when it is none of ours.
    public static @Nullable SrtpProfile of(int wireNumber) {
        for (SrtpProfile profile : values()) {
            if (profile.wireNumber == wireNumber) {
                return profile;
            }
        }
        return null;
    }

    public int wireNumber() {
        return wireNumber;
    }

    /// Bytes of the master key, which are also those of the session's encryption keys.
    public int keyLength() {
        return KEY_LENGTH;
    }

    /// Bytes of the master salt, which are also those of the session salts.
    public int saltLength() {
        return saltLength;
    }

    /// Bytes of the session's authentication keys; none where the cipher authenticates by itself.
    public int authenticationKeyLength() {
        return authenticationKeyLength;
    }

    /// Bytes that protecting an RTP packet adds.
    public int tagLength() {
        return tagLength;
    }

    /// Bytes that protecting an RTCP packet adds: the tag and the word with E bit and index.
    public int rtcpOverhead() {
        return tagLength + Integer.BYTES;
    }
}
