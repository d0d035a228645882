package dev.parley.sfu.api;

/// Why a participant's transport ended.
public enum CloseReason {
    /// The client said so.
    LEFT,
    /// The same principal joined again.
    REPLACED,
    /// A host or the room's owner removed the participant.
    REMOVED,
    ROOM_CLOSED,
    SHUTDOWN,
    /// The transport was lost and the place given up.
    LOST,
    HANDSHAKE_FAILED,
    FINGERPRINT_MISMATCH,
    /// A fault of ours; the log has its stack.
    INTERNAL_ERROR
}
