package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.WireWriter;

/// Puts packets together in one array that is used again and again. One loop's thread.
public final class PacketWriter {
    private final byte[] array;
    private final Checksum checksum = new Checksum();
    private final WireWriter writer;

    /// @param maxBytes of a packet, a multiple of 4
    public PacketWriter(int maxBytes) {
        array = new byte[maxBytes];
        writer = WireWriter.of(array);
    }

    public PacketWriter begin(int sourcePort, int destinationPort, int verificationTag) {
        writer.rewind()
                .u16(sourcePort)
                .u16(destinationPort)
                .i32(verificationTag)
                .i32(0);
        return this;
    }

    /// The caller knows that it fits, by `room`, or has made it so small that it always does.
    public PacketWriter add(Chunk chunk) {
        chunk.write(writer);
        return this;
    }

    /// For a chunk whose payload is written from where it lies.
    public WireWriter raw() {
        return writer;
    }

    public int room() {
        return writer.remaining();
    }

    public boolean isEmpty() {
        return writer.written() <= PacketHeader.BYTES;
    }

    /// Ends the packet, whose bytes are `array()` up to the length returned; 0 when something did not fit.
    ///
    /// @param withChecksum false only where the peer takes packets without, RFC 9653
    public int finish(boolean withChecksum) {
        if (writer.overflow()) {
            return 0;
        }
        int length = writer.written();
        Bytes.i32(array, 8, withChecksum ? checksum.of(array, 0, length) : 0);
        return length;
    }

    public byte[] array() {
        return array;
    }
}
