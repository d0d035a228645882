package dev.parley.sfu.stun;

/// Attribute types and their lengths, RFC 8489 §18.3 and RFC 8445 §16.1.
final class StunAttributes {
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;

    /// Types from here on may be ignored by whoever does not know them; those below must be understood.
    private static final int OPTIONAL_FROM = 0x8000;

    private static final int MAPPED_ADDRESS = 0x0001;
    private static final int UNKNOWN_ATTRIBUTES = 0x000a;
    private static final int REALM = 0x0014;
    private static final int NONCE = 0x0015;

    /// RFC 8445 §5.3 allows fragments of 256 characters; two of them and a colon.
    static final int USERNAME_BYTES_MAX = 513;

    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private StunAttributes() {}

    /// Whether the codec hands it on. What it does not hand on never reaches ice4j.
    static boolean wanted(int type) {
        return switch (type) {
            case USERNAME, ERROR_CODE, XOR_MAPPED_ADDRESS, PRIORITY, USE_CANDIDATE, ICE_CONTROLLED, ICE_CONTROLLING ->
                true;
            default -> false;
        };
    }

    static boolean unknownRequired(int type) {
        return switch (type) {
            case MAPPED_ADDRESS, UNKNOWN_ATTRIBUTES, REALM, NONCE, MESSAGE_INTEGRITY -> false;
            default -> type < OPTIONAL_FROM && !wanted(type);
        };
    }

    /// Whether a value of this length can be an attribute of this type. ice4j takes fixed lengths for granted.
    ///
    /// @param family the second byte of the value
    static boolean lengthFits(int type, int length, int family) {
        return switch (type) {
            case USERNAME -> length > 0 && length <= USERNAME_BYTES_MAX;
            case MESSAGE_INTEGRITY -> length == 20;
            case ERROR_CODE -> length >= 4;
            case XOR_MAPPED_ADDRESS -> length == (family == IPV6 ? 20 : 8) && (family == IPV4 || family == IPV6);
            case PRIORITY, FINGERPRINT -> length == 4;
            case USE_CANDIDATE -> length == 0;
            case ICE_CONTROLLED, ICE_CONTROLLING -> length == 8;
            default -> true;
        };
    }
}
