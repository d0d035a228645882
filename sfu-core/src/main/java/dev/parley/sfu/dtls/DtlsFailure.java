package dev.parley.sfu.dtls;

/// Why a handshake ended without keys.
public enum DtlsFailure {
    /// The deadline passed.
    TIMEOUT,
    /// The peer's certificate is not one that its description named, or is of a kind that is never taken.
    FINGERPRINT_MISMATCH,
    /// The two sides have no version, suite or SRTP profile in common, or the peer broke the protocol.
    PROTOCOL,
    /// Too many handshakes are half open in this process.
    REFUSED
}
