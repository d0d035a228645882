package dev.parley.sfu.stream;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into packets, however the network cut it before. One loop only.
///
///      0                   1                   2                   3
///     |        LENGTH (16)            |  STUN, DTLS, SRTP or SRTCP... |     RFC 4571 section 2, RFC 6544 section 3
///
/// Holds the begun frame and nothing else: a connection that sends nothing costs no packet.
public final class FrameReader {
    /// What stands before each frame.
    public static final int PREFIX_BYTES = 2;

    private final PacketPool packets;
    private int prefixBytes;
    private int length;
    private int filled;
    private @Nullable Packet begun;
    private boolean closed;

    public FrameReader(PacketPool packets) {
        this.packets = packets;
    }

    /// Takes all that is in `bytes`. Each whole frame is given to `sink`, which takes the packet over and may close
    /// this reader. Empty frames mean nothing and are skipped.
    ///
    /// @return false when a frame is longer than any packet: what follows cannot be made sense of
    public boolean read(ByteBuffer bytes, Consumer<Packet> sink) {
        while (bytes.hasRemaining() && !closed) {
            if (prefixBytes < PREFIX_BYTES) {
                length = length << 8 | (bytes.get() & 0xff);
                prefixBytes++;
                if (prefixBytes == PREFIX_BYTES && length > Packet.CAPACITY) {
                    close();
                    return false;
                }
            } else {
                fill(bytes);
            }
            if (prefixBytes == PREFIX_BYTES && filled == length) {
                finish(sink);
            }
        }
        return true;
    }

    /// Gives back what is held; nothing is read any more.
    public void close() {
        closed = true;
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }

    private void fill(ByteBuffer bytes) {
        Packet packet = begun == null ? packets.take() : begun;
        begun = packet;
        int count = Math.min(bytes.remaining(), length - filled);
        bytes.get(packet.array(), filled, count);
        filled += count;
    }

    private void finish(Consumer<Packet> sink) {
        Packet packet = begun;
        begun = null;
        int whole = length;
        prefixBytes = 0;
        length = 0;
        filled = 0;
        if (packet != null) {
            packet.length(whole);
            sink.accept(packet);
        }
    }
}
