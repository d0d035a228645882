package dev.parley.sfu.rtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class H264SpsTest {
    private final PacketPool packets = new PacketPool(16);

    private int size(byte[] payload) {
        Packet packet = packets.take(payload);
        int size = H264Sps.size(packet, 0, payload.length);
        packet.release();
        return size;
    }

    /// Bits of a set, most significant first.
    private static final class Writer {
        private final StringBuilder bits = new StringBuilder();

        Writer bits(int count, int value) {
            for (int i = count - 1; i >= 0; i--) {
                bits.append(value >> i & 1);
            }
            return this;
        }

        Writer golomb(int... values) {
            for (int value : values) {
                int length = Integer.SIZE - Integer.numberOfLeadingZeros(value + 1);
                bits(length - 1, 0).bits(length, value + 1);
            }
            return this;
        }

        /// Behind the NAL header; with the bytes that keep start codes out.
        byte[] nal() {
            bits.append('1');
            while (bits.length() % 8 != 0) {
                bits.append('0');
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x67);
            int zeros = 0;
            for (int at = 0; at < bits.length(); at += 8) {
                int value = Integer.parseInt(bits.substring(at, at + 8), 2);
                if (zeros == 2 && value <= 3) {
                    out.write(3);
                    zeros = 0;
                }
                out.write(value);
                zeros = value == 0 ? zeros + 1 : 0;
            }
            return out.toByteArray();
        }
    }

    private static Writer baseline() {
        return new Writer()
                .bits(8, 66)
                .bits(8, 0xc0)
                .bits(8, 31)
                .golomb(0, 0, 2, 1)
                .bits(1, 0);
    }

    @Test
    void readsTheSizeThatChromiumSends() {
        // 42e01f of a 640 x 360 camera: 23 rows of macroblocks, the last half cut
        byte[] sps = HexFormat.of().parseHex("6742e01f8c8d4050 17fcb00f08846a".replace(" ", ""));
        assertThat(size(sps)).isEqualTo(640 << 16 | 360);
    }

    @Test
    void cutsWhatIsNotShown() {
        byte[] sps =
                baseline().golomb(79, 44).bits(2, 0b11).bits(1, 0).bits(1, 0).nal();
        assertThat(size(sps)).isEqualTo(1280 << 16 | 720);
        byte[] cut = baseline()
                .golomb(119, 67)
                .bits(2, 0b11)
                .bits(1, 1)
                .golomb(0, 0, 0, 4)
                .bits(1, 0)
                .nal();
        assertThat(size(cut)).isEqualTo(1920 << 16 | 1080);
    }

    @Test
    void readsThroughWhatHighProfilesHaveBefore() {
        Writer writer = new Writer().bits(8, 100).bits(8, 0).bits(8, 31).golomb(0);
        writer.golomb(1, 0, 0).bits(1, 0).bits(1, 1); // 4:2:0, scaling lists
        writer.bits(1, 1); // the first: ends at once
        writer.golomb(16); // -8: the next is 0
        for (int list = 1; list < 8; list++) {
            writer.bits(1, 0);
        }
        writer.golomb(0, 1).bits(1, 0).golomb(0, 0, 2, 3, 4); // order count of type 1
        writer.golomb(4)
                .bits(1, 0)
                .golomb(39, 22)
                .bits(1, 1)
                .bits(1, 1)
                .bits(1, 1)
                .golomb(0, 0, 0, 4);
        assertThat(size(writer.bits(1, 0).nal())).isEqualTo(640 << 16 | 360);
    }

    @Test
    void fieldsCountTwice() {
        byte[] interlaced = baseline()
                .golomb(119, 33)
                .bits(1, 0)
                .bits(2, 0)
                .bits(1, 1)
                .golomb(0, 0, 0, 2)
                .bits(1, 0)
                .nal();
        assertThat(size(interlaced)).isEqualTo(1920 << 16 | 1080);
    }

    @Test
    void findsTheSetInAnAggregate() {
        byte[] sps = baseline().golomb(79, 44).bits(2, 0b11).bits(2, 0).nal();
        byte[] aggregate = new byte[1 + 2 + 2 + 2 + sps.length];
        aggregate[0] = 0x78;
        aggregate[2] = 2;
        aggregate[3] = 0x09;
        aggregate[6] = (byte) sps.length;
        System.arraycopy(sps, 0, aggregate, 7, sps.length);
        assertThat(size(aggregate)).isEqualTo(1280 << 16 | 720);
        aggregate[6]++;
        assertThat(size(aggregate)).as("longer than the packet").isEqualTo(H264Sps.NONE);
    }

    @Test
    void whatIsCutOffHasNoSize() {
        byte[] sps = baseline().golomb(79, 44).bits(2, 0b11).bits(2, 0).nal();
        for (int length = 0; length < sps.length - 1; length++) {
            assertThat(size(java.util.Arrays.copyOf(sps, length))).isEqualTo(H264Sps.NONE);
        }
    }

    @Test
    void anythingAtAllHasNoSizeOrOneWithinBounds() {
        Fuzz.bytes(200_000, 80, bytes -> {
            if (bytes.length > 0) {
                bytes[0] = (byte) (bytes[0] % 4 == 0 ? 0x78 : 0x67);
            }
            int size = size(bytes);
            assertThat(size >>> 16).isLessThanOrEqualTo(16_384);
            assertThat(size & 0xffff).isLessThanOrEqualTo(16_384);
        });
    }
}
