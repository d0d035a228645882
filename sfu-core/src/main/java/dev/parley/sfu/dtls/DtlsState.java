package dev.parley.sfu.dtls;

/// Where an endpoint stands. It only ever moves downwards in this list, and the last two are final.
public enum DtlsState {
    /// Nothing was sent and no acceptable hello has come.
    NEW,
    HANDSHAKING,
    CONNECTED,
    /// Either side said close_notify, or the owner closed it.
    CLOSED,
    FAILED
}
