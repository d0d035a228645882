package dev.parley.sfu.srtp;

import static dev.parley.sfu.srtp.KeyDerivation.derive;

import dev.parley.sfu.srtp.KeyDerivation.Label;

/// The keys of one direction for either RTP or RTCP. Never logged, never compared.
final class SessionKeys {
    final byte[] encryption;
    final byte[] authentication;
    final byte[] salt;

    SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
        this.encryption = encryption;
        this.authentication = authentication;
        this.salt = salt;
    }

    static SessionKeys rtp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        requireLengths(profile, masterKey, masterSalt);
        return new SessionKeys(
                derive(masterKey, masterSalt, Label.RTP_ENCRYPTION, profile.keyLength()),
                derive(masterKey, masterSalt, Label.RTP_AUTHENTICATION, profile.authenticationKeyLength()),
                derive(masterKey, masterSalt, Label.RTP_SALT, profile.saltLength()));
    }

    static SessionKeys rtcp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        requireLengths(profile, masterKey, masterSalt);
        return new SessionKeys(
                derive(masterKey, masterSalt, Label.RTCP_ENCRYPTION, profile.keyLength()),
                derive(masterKey, masterSalt, Label.RTCP_AUTHENTICATION, profile.authenticationKeyLength()),
                derive(masterKey, masterSalt, Label.RTCP_SALT, profile.saltLength()));
    }

    private static void requireLengths(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyLength() || masterSalt.length != profile.saltLength()) {
            throw new IllegalArgumentException(
                    profile + " with a key of " + masterKey.length + " and a salt of " + masterSalt.length + " bytes");
        }
    }
}
