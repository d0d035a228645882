package dev.parley.sfu.ice;

/// What a client knows of its connection; the words are those of a browser's `iceConnectionState`.
public enum IceClientState {
    CHECKING,
    CONNECTED,
    /// No answer lately; checks go on.
    DISCONNECTED,
    /// Given up; a restart or another address begins anew.
    FAILED
}
