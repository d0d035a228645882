package dev.parley.signaling.web;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/// A part of an open file as a response's body. Used by one thread at a time.
final class FileBody implements Body {
    private final FileChannel file;
    private final long from;
    private final long length;
    private final LongConsumer onClose;
    private long sent;
    private boolean closed;

    /// @param onClose is told once how much was read
    FileBody(FileChannel file, long from, long length, LongConsumer onClose) {
        this.file = file;
        this.from = from;
        this.length = length;
        this.onClose = onClose;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(ByteBuffer into) throws IOException {
        int n = file.read(into, from + sent);
        if (n < 0) {
            throw new EOFException("the file was cut short");
        }
        sent += n;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            onClose.accept(sent);
            file.close();
        }
    }
}
