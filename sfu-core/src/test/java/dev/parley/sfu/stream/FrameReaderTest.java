package dev.parley.sfu.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int RUNS = 200_000;

    private final PacketPool pool = new PacketPool(8);
    private final List<byte[]> read = new ArrayList<>();

    @AfterEach
    void everyPacketIsBack() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void readsFramesOneAfterTheOther() {
        FrameReader reader = new FrameReader(pool);
        assertThat(take(reader, 0, 3, 1, 2, 3, 0, 1, 9)).isTrue();
        assertThat(read).containsExactly(new byte[] {1, 2, 3}, new byte[] {9});
    }

    @Test
    void skipsEmptyFrames() {
        assertThat(take(new FrameReader(pool), 0, 0, 0, 0, 0, 1, 7, 0, 0)).isTrue();
        assertThat(read).containsExactly(new byte[] {7});
    }

    @Test
    void holdsOnlyABegunFrame() {
        FrameReader reader = new FrameReader(pool);
        take(reader, 0);
        take(reader, 100);
        assertThat(pool.outstanding()).isZero();
        take(reader, 1);
        assertThat(pool.outstanding()).isEqualTo(1);
        reader.close();
        take(reader, 0, 1, 1);
        assertThat(read).isEmpty();
    }

    @Test
    void stopsWhenTheOneWhoTakesAFrameClosesIt() {
        FrameReader reader = new FrameReader(pool);
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 1, 5, 0, 1, 6});
        reader.read(bytes, packet -> {
            read.add(packet.toBytes());
            packet.release();
            reader.close();
        });
        assertThat(read).containsExactly(new byte[] {5});
    }

    @Test
    @DisplayName("hostile A09 a frame longer than any packet ends the stream and holds nothing")
    void hostile_A09_aFrameLongerThanAnyPacketEndsTheStream() {
        FrameReader reader = new FrameReader(pool);
        assertThat(take(reader, 0, 1, 1, 0xff, 0xff, 1, 2, 3)).isFalse();
        assertThat(read).hasSize(1);
        assertThat(take(new FrameReader(pool), 8, 1)).isFalse();
        FrameReader longest = new FrameReader(pool);
        assertThat(take(longest, 8, 0, 1)).isTrue();
        longest.close();
    }

    @Test
    @DisplayName("hostile A09 any bytes in any pieces are frames or the end, and nothing is held")
    void hostile_A09_anyBytesInAnyPieces() {
        Fuzz.random(Fuzz.runs(RUNS), random -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 1 + random.nextInt(40)) {
                bytes[i] = 0;
            }
            FrameReader reader = new FrameReader(pool);
            inPieces(reader, bytes, random);
            assertThat(pool.outstanding()).isBetween(0, 1);
            reader.close();
            assertThat(pool.outstanding()).isZero();
            assertThat(read.stream().mapToInt(frame -> 2 + frame.length).sum()).isLessThanOrEqualTo(bytes.length);
            read.clear();
        });
    }

    @Test
    void framesComeOutAsTheyWentInHoweverTheStreamIsCut() {
        Fuzz.random(2_000, random -> {
            List<byte[]> frames = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 12; i++) {
                byte[] frame = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? Packet.CAPACITY : 60)];
                random.nextBytes(frame);
                frames.add(frame);
                stream.write(frame.length >> 8);
                stream.write(frame.length);
                stream.writeBytes(frame);
            }
            assertThat(inPieces(new FrameReader(pool), stream.toByteArray(), random))
                    .isTrue();
            assertThat(read).containsExactlyElementsOf(frames);
            read.clear();
        });
    }

    private boolean inPieces(FrameReader reader, byte[] bytes, SplittableRandom random) {
        int from = 0;
        while (from < bytes.length) {
            int count = Math.min(bytes.length - from, 1 + random.nextInt(random.nextBoolean() ? 3 : 1500));
            if (!reader.read(ByteBuffer.wrap(bytes, from, count), this::take)) {
                return false;
            }
            from += count;
        }
        return true;
    }

    private boolean take(FrameReader reader, int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return reader.read(ByteBuffer.wrap(array), this::take);
    }

    private void take(Packet packet) {
        read.add(packet.toBytes());
        packet.release();
    }
}
