package dev.parley.sfu.ice;

/// How long ago a transport's peer was last heard, as states that others act on. Time leads only downwards in
/// this list; a check or an authenticated packet leads back to CONNECTED from all but CLOSED.
public enum ConsentState {
    /// No check has been authenticated yet.
    CHECKING,
    /// Heard lately.
    CONNECTED,
    /// Missed: others see a grey tile; sending goes on.
    AWAY,
    /// Consent has run out, RFC 7675 §5.1: nothing more is sent.
    SILENT,
    /// The transport is gone for good.
    CLOSED
}
