package dev.parley.sfu.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /// The published check value of the bit-by-bit form that the others are compared with.
    @Test
    void theReferenceIsRight() {
        assertThat(reference("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    }

    @Test
    void isTheReferenceWithItsLowestByteFirst() {
        Fuzz.random(500, random -> {
            byte[] packet = new byte[random.nextInt(12, 200)];
            random.nextBytes(packet);
            int given = new Checksum().of(packet, 0, packet.length);
            Bytes.i32(packet, 8, 0);
            assertThat(Integer.reverseBytes(given)).isEqualTo(reference(packet));
        });
    }

    @Test
    void countsItsOwnFieldAsZero() {
        byte[] packet = new byte[40];
        int before = new Checksum().of(packet, 0, packet.length);
        Bytes.i32(packet, 8, before);
        assertThat(new Checksum().of(packet, 0, packet.length)).isEqualTo(before);
    }

    /// RFC 9260, appendix A: the polynomial 0x1edc6f41 with its bits reversed.
    private static int reference(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
            }
        }
        return ~crc;
    }
}
