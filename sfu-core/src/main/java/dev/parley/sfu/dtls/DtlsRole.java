package dev.parley.sfu.dtls;

/// Who speaks first: `a=setup:active` is the client, `a=setup:passive` the server (RFC 8842).
public enum DtlsRole {
    CLIENT,
    SERVER
}
