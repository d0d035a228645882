package dev.parley.signaling.web;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.LoggerFactory;

/// A response's body that is not in memory: read piece by piece on a thread that may wait, and closed by whoever
/// sends it.
public interface Body extends Closeable {
    /// So many bytes come, no more and no fewer.
    long length();

    /// Some of the next bytes, at least one.
    void read(ByteBuffer into) throws IOException;

    /// A fault of the disk while it closes is nobody's who was sent the bytes.
    default void closeAnyway() {
        try {
            close();
        } catch (IOException e) {
            LoggerFactory.getLogger(Body.class).debug("a file did not close", e);
        }
    }
}
