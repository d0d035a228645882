package dev.parley.sfu.sdp;

/// The `o=` line, RFC 8866 section 5.2. The two numbers are unsigned 64 bits wide and kept as digits.
public record Origin(String username, String sessionId, String sessionVersion, String addressType, String address) {

    /// An origin that tells nothing of this machine, as RFC 8829 section 5.2.1 asks for.
    public static Origin anonymous(long sessionId, long sessionVersion) {
        return new Origin(
                "-", Long.toUnsignedString(sessionId), Long.toUnsignedString(sessionVersion), "IP4", "127.0.0.1");
    }
}
