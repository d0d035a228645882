package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The vectors of RFC 7714 give session keys, not master keys.
class GcmCipherTest {
    private static final SessionKeys KEYS =
            new SessionKeys(hex("000102030405060708090a0b0c0d0e0f"), new byte[0], hex("517569642070726f2071756f"));

    private static final byte[] RTP = hex("8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e697320646976697361"
            + "20696e207061727465732074726573");
    private static final byte[] SRTP = hex("8040f17b8041f8d35501a0b2"
            + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
            + "899d7f27beb16a9152cf765ee4390cce");
    private static final byte[] RTCP = hex("81c8000d4d617273"
            + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef");
    private static final byte[] SRTCP = hex("81c8000d4d617273"
            + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
            + "c84aa45896cf4d2fc5abf87245d9eade" + "800005d4");
    private static final int RTP_SSRC = 0x5501_a0b2;
    private static final int RTP_INDEX = 0xf17b;
    private static final int RTCP_SSRC = 0x4d61_7273;
    private static final int RTCP_INDEX = 0x5d4;

    private final GcmCipher cipher = new GcmCipher(KEYS, KEYS);

    @Test
    void sealsAndOpensThePacketOfRfc7714Section16() {
        byte[] packet = Arrays.copyOf(RTP, SRTP.length);
        assertThat(cipher.sealRtp(packet, 12, 12, RTP, 12, RTP.length - 12, RTP_SSRC, RTP_INDEX))
                .isEqualTo(SRTP.length);
        assertThat(packet).isEqualTo(SRTP);

        assertThat(cipher.openRtp(packet, 12, packet.length, RTP_SSRC, RTP_INDEX))
                .isEqualTo(RTP.length);
        assertThat(packet).startsWith(RTP);
    }

    @Test
    void sealsAndOpensThePacketOfRfc7714Section17() {
        byte[] packet = Arrays.copyOf(RTCP, SRTCP.length);
        assertThat(cipher.sealRtcp(packet, RTCP.length, RTCP_SSRC, RTCP_INDEX)).isEqualTo(SRTCP.length);
        assertThat(packet).isEqualTo(SRTCP);

        assertThat(cipher.openRtcp(packet, packet.length, RTCP_SSRC, RTCP_INDEX))
                .isEqualTo(RTCP.length);
        assertThat(packet).startsWith(RTCP);
    }

    @Test
    void leavesAPacketAsItCameWhenAnyBitIsWrong() {
        for (int bit = 0; bit < SRTP.length * Byte.SIZE; bit++) {
            byte[] forged = SRTP.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
            byte[] received = forged.clone();
            assertThat(cipher.openRtp(received, 12, received.length, RTP_SSRC, RTP_INDEX))
                    .as("bit %d", bit)
                    .isEqualTo(-1);
            assertThat(received).isEqualTo(forged);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
