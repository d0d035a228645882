package dev.parley.sfu.api;

/// The media engine of one process.
public interface Sfu extends AutoCloseable {
    /// The room of this name, made when it is not there. It is gone when its last participant is.
    SfuRoom room(String roomId);

    SfuInfo info();

    /// Ends every participant with `CloseReason.SHUTDOWN`, closes the sockets and waits for the loops.
    @Override
    void close();
}
