package dev.parley.sfu.api;

/// The media engine of one process.
public interface Sfu extends AutoCloseable {
    /// The room of this name, made when it is not there. It is gone when its last participant is.
    SfuRoom room(String roomId);

    SfuInfo info();

    /// Takes a TCP connection for media, whose first bytes are a STUN check in an
    /// [RFC 4571](https://www.rfc-editor.org/rfc/rfc4571) frame. Callable from any thread.
    ///
    /// @return what takes that first frame and all that follows
    TcpInput accept(TcpConnection connection);

    /// Ends every participant with `CloseReason.SHUTDOWN`, closes the sockets and waits for the loops.
    @Override
    void close();
}
