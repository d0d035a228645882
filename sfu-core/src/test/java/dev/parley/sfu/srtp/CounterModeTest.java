package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CounterModeTest {
    private static final int BLOCK = 16;

    /// RFC 3711 Appendix B.2: SSRC, index and rollover counter are zero, the last two bytes count blocks.
    @Test
    void givesTheKeyStreamOfRfc3711AppendixB2() {
        byte[] stream = keyStream(0xff02);

        assertThat(block(stream, 0x0000)).isEqualTo(hex("e03ead0935c95e80e166b16dd92b4eb4"));
        assertThat(block(stream, 0x0001)).isEqualTo(hex("d23513162b02d0f72a43a2fe4a5f97ab"));
        assertThat(block(stream, 0x0002)).isEqualTo(hex("41e95b3bb0a2e8dd477901e4fca894c0"));
        assertThat(block(stream, 0xfeff)).isEqualTo(hex("ec8cdf7398607cb0f2d21675ea9ea1e4"));
        assertThat(block(stream, 0xff00)).isEqualTo(hex("362b7c3c6773516318a077d7fc5073ae"));
        assertThat(block(stream, 0xff01)).isEqualTo(hex("6a2cc3787889374fbeb4c81b17ba6c44"));
    }

    @Test
    void noTwoBitsOfATagMayDiffer() {
        CounterMode mode = mode();
        byte[] packet = new byte[64];
        int end = mode.writeTag(packet, 40, 7, 40);

        assertThat(end).isEqualTo(50);
        assertThat(mode.tagHolds(packet, 40, 7, 40)).isTrue();
        assertThat(mode.tagHolds(packet, 40, 8, 40)).isFalse();
        for (int bit = 0; bit < end * Byte.SIZE; bit++) {
            packet[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            assertThat(mode.tagHolds(packet, 40, 7, 40)).as("bit %d", bit).isFalse();
            packet[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        }
    }

    private static byte[] keyStream(int blocks) {
        byte[] zeros = new byte[blocks * BLOCK];
        byte[] stream = new byte[zeros.length];
        CounterMode mode = mode();
        mode.start(0, 0);
        mode.encryptLast(zeros, 0, zeros.length, stream, 0);
        return stream;
    }

    private static CounterMode mode() {
        byte[] key = hex("2b7e151628aed2a6abf7158809cf4f3c");
        return new CounterMode(new SessionKeys(key, new byte[20], hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd")));
    }

    private static byte[] block(byte[] stream, int number) {
        return Arrays.copyOfRange(stream, number * BLOCK, (number + 1) * BLOCK);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
