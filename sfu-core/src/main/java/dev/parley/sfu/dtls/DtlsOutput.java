package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Packet;

/// What a [DtlsEndpoint] wants done. Called on the owner's loop only, when the endpoint is consistent: calling back
/// into it is allowed. `nextTimeNs()` may have changed after any of these.
public interface DtlsOutput {
    /// One datagram for the peer; takes ownership.
    void send(Packet datagram);

    /// The handshake is done and the peer is who its fingerprint says. Called once.
    void connected(SrtpKeys keys);

    /// The handshake ended otherwise. Called at most once, and never after `connected`.
    void failed(DtlsFailure reason);

    /// The peer said, authenticated, that it is leaving (close_notify or a fatal alert).
    void closed();

    /// One record of application data. The bytes are the receiver's only during the call.
    void applicationData(byte[] array, int offset, int length);
}
