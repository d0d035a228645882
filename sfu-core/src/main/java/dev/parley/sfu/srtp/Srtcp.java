package dev.parley.sfu.srtp;

/// Fixed places of an SRTCP packet, [RFC 3711 §3.4](https://www.rfc-editor.org/rfc/rfc3711#section-3.4):
///
///     |V=2|P| count | type | length | SSRC | encrypted … | E | 31-bit index | tag |      AES-CM
///     |V=2|P| count | type | length | SSRC | encrypted … | tag | E | 31-bit index |      AEAD (RFC 7714 §9)
final class Srtcp {
    /// What stays readable: the first four bytes and the sender's SSRC.
    static final int HEADER_LENGTH = 8;

    static final int INDEX_LENGTH = 4;
    static final int ENCRYPTED = 1 << 31;
    static final int INDEX_MAX = 0x7fff_ffff;

    private Srtcp() {}

    /// Where the word with E bit and index stands in a protected packet of this length.
    static int wordAt(SrtpProfile profile, int length) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> length - INDEX_LENGTH;
            case AES_CM_128_HMAC_SHA1_80 -> length - INDEX_LENGTH - profile.tagLength();
        };
    }

    /// Where the tag begins.
    static int tagAt(SrtpProfile profile, int length) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> length - INDEX_LENGTH - profile.tagLength();
            case AES_CM_128_HMAC_SHA1_80 -> length - profile.tagLength();
        };
    }
}
