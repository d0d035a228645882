package dev.parley.sfu.api;

/// Where a TCP connection's owner puts what comes in. Called by one thread at a time.
public interface TcpInput {
    /// What was read, which is not changed any more. Nothing further before `TcpConnection.more` was called.
    void bytes(byte[] bytes);

    /// Nothing comes any more. Not called again.
    void closed();
}
