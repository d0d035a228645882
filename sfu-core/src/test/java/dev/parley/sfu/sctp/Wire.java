package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.sctp.packet.Checksum;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.ChunkReader;
import dev.parley.sfu.sctp.packet.PacketHeader;
import dev.parley.sfu.sctp.packet.PacketWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Packets written and read by hand, for peers that do not behave.
final class Wire {
    private static final int PORT = 5000;
    private static final int ANY_LENGTH = 2_000;

    private Wire() {}

    static byte[] packet(int tag, Chunk... chunks) {
        PacketWriter w = new PacketWriter(ANY_LENGTH).begin(PORT, PORT, tag);
        for (Chunk chunk : chunks) {
            w.add(chunk);
        }
        return Arrays.copyOf(w.array(), w.finish(true));
    }

    static PacketHeader header(byte[] packet) {
        return Objects.requireNonNull(PacketHeader.parse(WireReader.of(packet)));
    }

    static List<Chunk> chunks(byte[] packet) {
        WireReader reader = WireReader.of(packet);
        PacketHeader.parse(reader);
        ChunkReader chunks = new ChunkReader(reader);
        List<Chunk> all = new ArrayList<>();
        for (@Nullable Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
            all.add(chunk);
        }
        return all;
    }

    static <C extends Chunk> List<C> all(List<byte[]> packets, Class<C> kind) {
        return packets.stream()
                .flatMap(packet -> chunks(packet).stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /// The same bytes with the checksum that belongs to them, if there is room for one.
    static byte[] corrected(byte[] packet) {
        if (packet.length >= PacketHeader.BYTES) {
            Bytes.i32(packet, 8, new Checksum().of(packet, 0, packet.length));
        }
        return packet;
    }
}
