package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// From master key to the bytes on the wire, as libsrtp has them in its own tests.
class SrtpReferenceTest {
    private static final byte[] RTP = hex("800f1234decafbadcafebabeabababababababababababababababab");
    private static final byte[] RTCP = hex("81c8000bcafebabeabababababababababababababababab");
    private static final long INDEX = 0x1234;

    private final PacketPool pool = new PacketPool(4);

    @Test
    void counterModeGivesTheKnownBytes() {
        byte[] key = hex("e1f97a0d3e018be0d64fa32c06de4139");
        byte[] salt = hex("0ec675ad498afeebb6960b3aabe6");
        assertBothWays(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                key,
                salt,
                hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"),
                hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"));
    }

    @Test
    void aesGcmGivesTheKnownBytes() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f");
        byte[] salt = hex("a0a1a2a3a4a5a6a7a8a9aaab");
        assertBothWays(
                SrtpProfile.AEAD_AES_128_GCM,
                key,
                salt,
                hex("800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392"),
                hex("81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001"));
    }

    private void assertBothWays(SrtpProfile profile, byte[] key, byte[] salt, byte[] srtp, byte[] srtcp) {
        SrtpSender sender = new SrtpSender(SrtpCipherSuite.JCE, profile, key, salt, Limits.defaults(), 1);
        SrtpReceiver receiver = new SrtpReceiver(profile, key, salt, Limits.defaults());
        Packet rtp = pool.take(RTP);
        assertThat(sender.protectRtp(rtp, 12, INDEX)).isEqualTo(SrtpResult.OK);
        assertThat(rtp.toBytes()).isEqualTo(srtp);
        assertThat(receiver.unprotectRtp(rtp)).isEqualTo(SrtpResult.OK);
        assertThat(rtp.toBytes()).isEqualTo(RTP);

        Packet rtcp = pool.take(RTCP);
        assertThat(sender.protectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
        assertThat(rtcp.toBytes()).isEqualTo(srtcp);
        assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
        assertThat(rtcp.toBytes()).isEqualTo(RTCP);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
