package dev.parley.sfu.srtp;

import static dev.parley.sfu.srtp.SrtpFixture.SSRC;
import static dev.parley.sfu.srtp.SrtpFixture.withSequence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpReceiverTest {
    private final SrtpFixture gcm = new SrtpFixture(SrtpProfile.AEAD_AES_128_GCM);

    @ParameterizedTest
    @EnumSource
    void givesBackWhatWasSent(SrtpProfile profile) {
        for (SrtpCipherSuite suite : SrtpCipherSuite.values()) {
            SrtpFixture keys = new SrtpFixture(profile, suite);
            SrtpSender sender = keys.sender();
            SrtpReceiver receiver = keys.receiver();

            Packet rtp = keys.protectedRtp(sender, 9);
            assertThat(rtp.length()).isEqualTo(72 + sender.rtpOverhead());
            assertThat(receiver.unprotectRtp(rtp)).isEqualTo(SrtpResult.OK);
            assertThat(rtp.toBytes()).isEqualTo(keys.rtp(SSRC, 9, 60).toBytes());

            Packet rtcp = keys.protectedRtcp(sender);
            assertThat(rtcp.length()).isEqualTo(52 + sender.rtcpOverhead());
            assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
            assertThat(rtcp.toBytes()).isEqualTo(keys.rtcp(SSRC, 52).toBytes());
        }
    }

    @Test
    void aForgedFirstPacketLeavesNoSource() {
        SrtpSender sender = gcm.sender();
        SrtpReceiver receiver = gcm.receiver();
        byte[] good = gcm.rtpDatagram(sender, 700);

        assertThat(gcm.receiveRtp(receiver, SrtpFixture.withBadTag(good))).isEqualTo(SrtpResult.AUTH_FAILED);
        assertThat(gcm.receiveRtcp(receiver, SrtpFixture.withBadTag(gcm.rtcpDatagram(sender))))
                .isEqualTo(SrtpResult.AUTH_FAILED);
        assertThat(receiver.sourceCount()).isZero();
        assertThat(gcm.receiveRtp(receiver, good)).isEqualTo(SrtpResult.OK);
        assertThat(receiver.sourceCount()).isEqualTo(1);
    }

    /// Numbers far ahead would move the estimate of all that follow, had they been believed.
    @Test
    void forgedNumbersMoveNeitherRolloverNorWindow() {
        SrtpSender sender = gcm.sender();
        SrtpReceiver receiver = gcm.receiver();
        for (long index = 65_000; index < 67_000; index++) {
            byte[] good = gcm.rtpDatagram(sender, index);
            for (int jump : new int[] {1, 500, 20_000, 32_768, 40_000, 65_000}) {
                byte[] forged = withSequence(good, (int) (index + jump) & 0xffff);
                assertThat(gcm.receiveRtp(receiver, forged)).isIn(SrtpResult.AUTH_FAILED, SrtpResult.REPLAYED);
            }
            assertThat(gcm.receiveRtp(receiver, good)).isEqualTo(SrtpResult.OK);
        }
    }

    @Test
    void rtcpOfASourceDoesNotDecideItsFirstIndex() {
        SrtpSender sender = gcm.sender();
        SrtpReceiver receiver = gcm.receiver();
        byte[] lost = gcm.rtpDatagram(sender, 65_535);
        assertThat(lost).isNotEmpty();
        assertThat(gcm.receiveRtcp(receiver, gcm.rtcpDatagram(sender))).isEqualTo(SrtpResult.OK);
        assertThat(gcm.receiveRtp(receiver, gcm.rtpDatagram(sender, 65_536))).isEqualTo(SrtpResult.OK);
        assertThat(receiver.sourceCount()).isEqualTo(1);
    }

    @Test
    void hasALimitOfSources() {
        SrtpFixture keys = new SrtpFixture(gcm.profile, SrtpCipherSuite.NULL);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        int most = Limits.defaults().ssrcsPerSession();
        for (int ssrc = 0; ssrc <= most; ssrc++) {
            Packet p = keys.rtp(ssrc, 1, 20);
            assertThat(sender.protectRtp(p, 12, 1)).isEqualTo(SrtpResult.OK);
            assertThat(receiver.unprotectRtp(p)).isEqualTo(ssrc < most ? SrtpResult.OK : SrtpResult.TOO_MANY_SOURCES);
        }
        Packet rtcp = keys.rtcp(most, 52);
        assertThat(sender.protectRtcp(rtcp)).isEqualTo(SrtpResult.OK);
        assertThat(receiver.unprotectRtcp(rtcp)).isEqualTo(SrtpResult.TOO_MANY_SOURCES);
        assertThat(receiver.sourceCount()).isEqualTo(most);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhateverIsTooShort(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        byte[] rtp = keys.rtpDatagram(keys.sender(), 1);
        byte[] rtcp = keys.rtcpDatagram(keys.sender());
        SrtpReceiver receiver = keys.receiver();
        for (int length = 0; length < 12 + profile.tagLength(); length++) {
            assertThat(keys.receiveRtp(receiver, Arrays.copyOf(rtp, length))).isEqualTo(SrtpResult.MALFORMED);
        }
        for (int length = 0; length < 8 + profile.rtcpOverhead(); length++) {
            assertThat(keys.receiveRtcp(receiver, Arrays.copyOf(rtcp, length))).isEqualTo(SrtpResult.MALFORMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesAnyBytes(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpReceiver receiver = keys.receiver();
        Fuzz.bytes(Fuzz.runs(50_000), 1500, bytes -> {
            assertThat(keys.receiveRtp(receiver, bytes)).isNotEqualTo(SrtpResult.OK);
            assertThat(keys.receiveRtcp(receiver, bytes)).isNotEqualTo(SrtpResult.OK);
        });
        assertThat(receiver.sourceCount()).isZero();
    }

    /// Each sample is accepted once before, so that a mutation that changes nothing is a replay.
    @ParameterizedTest
    @EnumSource
    void believesNoMutation(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        byte[] rtp = keys.rtpDatagram(sender, 400);
        byte[] rtcp = keys.rtcpDatagram(sender);
        assertThat(keys.receiveRtp(receiver, rtp)).isEqualTo(SrtpResult.OK);
        assertThat(keys.receiveRtcp(receiver, rtcp)).isEqualTo(SrtpResult.OK);

        Fuzz.mutations(Fuzz.runs(50_000), List.of(rtp, rtcp), bytes -> {
            if (bytes.length <= Packet.CAPACITY) {
                assertThat(keys.receiveRtp(receiver, bytes)).isNotEqualTo(SrtpResult.OK);
                assertThat(keys.receiveRtcp(receiver, bytes)).isNotEqualTo(SrtpResult.OK);
            }
        });
        assertThat(receiver.sourceCount()).isEqualTo(1);
    }
}
