package dev.parley.sfu.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {
    private static final int PACKET_BYTES = 1500;

    @Test
    void whatIsWrittenIsReadBack() {
        Fuzz.random(20_000, random -> {
            byte[] bytes = bytesOf(RandomChunk.of(random));
            ChunkReader reader = new ChunkReader(WireReader.of(bytes));
            Chunk read = Objects.requireNonNull(reader.next());
            assertThat(bytesOf(read)).isEqualTo(bytes);
            assertThat(reader.next()).isNull();
            assertThat(reader.malformed()).isFalse();
        });
    }

    @Test
    void readsSeveralChunksOfOnePacket() {
        Fuzz.random(2_000, random -> {
            List<Chunk> chunks = new ArrayList<>();
            byte[] packet = new byte[0];
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                chunks.add(RandomChunk.of(random));
                byte[] last = bytesOf(chunks.getLast());
                int before = packet.length;
                packet = Arrays.copyOf(packet, before + last.length);
                System.arraycopy(last, 0, packet, before, last.length);
            }
            ChunkReader reader = new ChunkReader(WireReader.of(packet));
            for (Chunk chunk : chunks) {
                assertThat(bytesOf(Objects.requireNonNull(reader.next()))).isEqualTo(bytesOf(chunk));
            }
            assertThat(reader.next()).isNull();
            assertThat(reader.malformed()).isFalse();
        });
    }

    /// The padding of the last parameter belongs to the chunk and is not counted, RFC 9260 §3.2.
    @Test
    void theLengthLeavesTheLastPaddingOut() {
        var reset = new ReconfigParameter.OutgoingReset(1, 2, 3, new int[] {7});
        byte[] bytes = bytesOf(new ReconfigChunk(List.of(reset)));
        assertThat(bytes).hasSize(24);
        assertThat(bytes[3]).isEqualTo((byte) 22);
    }

    @Test
    void anInterleavedFragmentHasEitherPpidOrNumber() {
        DataHeader first = new DataHeader(true, false, false, true, false, 5, 1, 9, 0, 51);
        DataHeader second = new DataHeader(true, false, false, false, true, 6, 1, 9, 1, 51);
        assertThat(header(first)).isEqualTo(first);
        assertThat(header(second)).isEqualTo(new DataHeader(true, false, false, false, true, 6, 1, 9, 1, 0));
    }

    private static DataHeader header(DataHeader written) {
        byte[] bytes = bytesOf(new DataChunk(written, new byte[] {1, 2, 3}, 0, 3));
        return ((DataChunk) Objects.requireNonNull(new ChunkReader(WireReader.of(bytes)).next())).header();
    }

    @Test
    void aLengthBeyondThePacketIsMalformed() {
        ChunkReader reader = new ChunkReader(WireReader.of(HexFormat.of().parseHex("0300001000000001")));
        assertThat(reader.next()).isNull();
        assertThat(reader.malformed()).isTrue();
    }

    @Test
    void aLengthBelowTheHeaderIsMalformed() {
        ChunkReader reader = new ChunkReader(WireReader.of(HexFormat.of().parseHex("0b000003")));
        assertThat(reader.next()).isNull();
        assertThat(reader.malformed()).isTrue();
    }

    @Test
    void parametersThatAskForItAreReported() {
        byte[] init = new byte[36];
        WireWriter.of(init)
                .u8(ChunkType.INIT)
                .u8(0)
                .u16(init.length)
                .i32(1)
                .u32(100_000)
                .u16(1)
                .u16(1)
                .i32(1)
                .u16(0xc123)
                .u16(8)
                .i32(77)
                .u16(0x8123)
                .u16(8)
                .i32(78);
        InitChunk read = (InitChunk) Objects.requireNonNull(new ChunkReader(WireReader.of(init)).next());
        assertThat(read.parameters().unrecognized()).isEqualTo(HexFormat.of().parseHex("c12300080000004d"));
    }

    @Test
    void survivesAnyBytes() {
        Fuzz.bytes(Fuzz.runs(200_000), PACKET_BYTES, ChunkReaderTest::readAll);
    }

    @Test
    @DisplayName("hostile D01 mutated chunks are read or refused")
    void hostile_D01_mutatedChunksAreReadOrRefused() {
        List<byte[]> samples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            samples.add(bytesOf(RandomChunk.of(random)));
        }
        Fuzz.mutations(Fuzz.runs(200_000), samples, ChunkReaderTest::readAll);
    }

    /// What was read can be written again, and is the same when read once more.
    private static void readAll(byte[] bytes) {
        ChunkReader reader = new ChunkReader(WireReader.of(bytes));
        for (@Nullable Chunk chunk = reader.next(); chunk != null; chunk = reader.next()) {
            byte[] once = bytesOf(chunk);
            if (chunk instanceof InitChunk) {
                continue; // what it reports came under other types
            }
            Chunk again = Objects.requireNonNull(new ChunkReader(WireReader.of(once)).next());
            assertThat(Arrays.equals(bytesOf(again), once)).isTrue();
        }
    }

    private static byte[] bytesOf(Chunk chunk) {
        byte[] room = new byte[4 * PACKET_BYTES];
        WireWriter w = WireWriter.of(room);
        chunk.write(w);
        assertThat(w.overflow()).isFalse();
        return Arrays.copyOf(room, w.written());
    }
}
