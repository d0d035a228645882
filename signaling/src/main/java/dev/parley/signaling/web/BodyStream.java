package dev.parley.signaling.web;

import dev.parley.signaling.model.BodyException;
import dev.parley.signaling.model.BodyException.Kind;
import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A request's body on its way from the connection's event loop to a thread that may wait. What waits in between is
/// little, since the loop reads no more while this has enough. The loop gives and ends, any thread may close, one
/// thread reads.
final class BodyStream extends InputStream {
    /// What waits for a disk that is slow.
    static final int ENOUGH_BYTES = 128 * 1024;

    private final Runnable hungry;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    /// How much of the first piece was read.
    private int position;
    private int waiting;
    private boolean ended;
    private @Nullable Kind failed;

    /// @param hungry runs on the reader's thread when there is room again
    BodyStream(Runnable hungry) {
        this.hungry = hungry;
    }

    synchronized void give(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length == 0 || ended || failed != null) {
            return;
        }
        byte[] piece = new byte[length];
        bytes.getBytes(bytes.readerIndex(), piece);
        pieces.add(piece);
        waiting += length;
        notifyAll();
    }

    /// All of it was given.
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// What was given can still be read; then it fails.
    synchronized void fail(Kind kind) {
        if (!ended && failed == null) {
            failed = kind;
            notifyAll();
        }
    }

    synchronized boolean hasEnough() {
        return waiting >= ENOUGH_BYTES && failed == null;
    }

    @Override
    public int read() throws BodyException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws BodyException {
        if (length == 0) {
            return 0;
        }
        int taken;
        boolean room;
        synchronized (this) {
            awaitSomething();
            if (pieces.isEmpty()) {
                if (failed != null) {
                    throw new BodyException(failed);
                }
                return -1;
            }
            boolean had = waiting >= ENOUGH_BYTES;
            taken = take(into, offset, length);
            room = had && waiting < ENOUGH_BYTES;
        }
        if (room) {
            hungry.run();
        }
        return taken;
    }

    private void awaitSomething() throws BodyException {
        while (pieces.isEmpty() && !ended && failed == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BodyException(Kind.CUT);
            }
        }
    }

    private int take(byte[] into, int offset, int length) {
        int taken = 0;
        while (taken < length && !pieces.isEmpty()) {
            byte[] piece = pieces.element();
            int n = Math.min(length - taken, piece.length - position);
            System.arraycopy(piece, position, into, offset + taken, n);
            taken += n;
            position += n;
            if (position == piece.length) {
                pieces.remove();
                position = 0;
            }
        }
        waiting -= taken;
        return taken;
    }

    /// Nobody wants what has not come yet.
    @Override
    public void close() {
        fail(Kind.CUT);
        hungry.run();
    }
}
