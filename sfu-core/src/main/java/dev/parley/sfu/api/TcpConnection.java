package dev.parley.sfu.api;

import java.net.InetSocketAddress;

/// A TCP connection that carries media, as the engine uses it; whoever accepted it implements it. Called from any
/// thread; nothing here blocks. The owner closes it when it has not been `proven` within a few seconds.
public interface TcpConnection {
    InetSocketAddress local();

    InetSocketAddress remote();

    /// The engine has dealt with what it got: the next bytes may be read.
    void more();

    /// Sends the bytes, which are not changed any more.
    ///
    /// @param left run when the system has taken them, or never
    void write(byte[] bytes, Runnable left);

    /// The other end has shown that it belongs to a participant.
    void proven();

    /// Closes it after what was written.
    void close();
}
