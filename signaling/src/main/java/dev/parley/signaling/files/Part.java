package dev.parley.signaling.files;

import dev.parley.signaling.model.BodyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// One part on its way to the disk. What the server has already is passed over, so that a part may be sent again; what
/// came before a cut counts. Used by one thread, which may wait.
final class Part {
    /// Of one request. Docs/protocol.md tells clients, and `joined` does.
    static final int BYTES_MAX = 1 << 20;

    private static final int PIECE_BYTES = 64 * 1024;

    private final FileChannel file;
    private final long size;
    private final long start;
    /// How far the client's bytes have come, and how far the file's; both are places in the file.
    private long at;
    private long written;
    private @Nullable BodyException cut;

    /// @param have so much is in the file, at least as much as `offset`
    Part(FileChannel file, long size, long have, long offset) {
        this.file = file;
        this.size = size;
        this.written = have;
        this.start = offset;
        this.at = offset;
    }

    /// Reads to the end, or to where it was cut; afterwards all that was written is on the disk. Throws a `FileRefusal`
    /// when more comes than was announced.
    void copy(InputStream bytes) throws IOException {
        long before = written;
        byte[] piece = new byte[PIECE_BYTES];
        for (int n = read(bytes, piece); n >= 0; n = read(bytes, piece)) {
            at += n;
            if (at > size) {
                throw new FileRefusal(FileFault.TOO_LARGE, "the file was announced with " + size + " bytes");
            }
            if (at - start > BYTES_MAX) {
                throw tooLarge();
            }
            int fresh = Math.clamp(at - written, 0, n);
            write(ByteBuffer.wrap(piece, n - fresh, fresh));
        }
        if (written > before) {
            file.force(false);
        }
    }

    private int read(InputStream bytes, byte[] piece) throws IOException {
        try {
            return bytes.read(piece);
        } catch (BodyException e) {
            if (e.kind() == BodyException.Kind.TOO_LARGE) {
                throw tooLarge();
            }
            cut = e;
            return -1;
        }
    }

    private static FileRefusal tooLarge() {
        return new FileRefusal(FileFault.TOO_LARGE, "a part has at most " + BYTES_MAX + " bytes");
    }

    private void write(ByteBuffer fresh) throws IOException {
        while (fresh.hasRemaining()) {
            written += file.write(fresh, written);
        }
    }

    /// So much of the file is on the disk.
    long written() {
        return written;
    }

    /// Why it ended early; null when all of it came.
    @Nullable
    BodyException cut() {
        return cut;
    }
}
