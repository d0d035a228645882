package dev.parley.sfu.srtp;

import static dev.parley.sfu.srtp.SrtpFixture.HEADER_LENGTH;
import static dev.parley.sfu.srtp.SrtpFixture.SSRC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSenderTest {
    private final SrtpFixture gcm = new SrtpFixture(SrtpProfile.AEAD_AES_128_GCM);

    @ParameterizedTest
    @EnumSource
    void joinsRewrittenAndSharedPayload(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        for (int prefix : new int[] {0, 1, 5, 16, 33}) {
            Packet whole = keys.rtp(SSRC, 1000, 400);
            byte[] payload = Arrays.copyOfRange(whole.toBytes(), HEADER_LENGTH, whole.length());
            byte[] shared = new byte[500];
            System.arraycopy(payload, prefix, shared, 77, payload.length - prefix);
            byte[] before = shared.clone();
            Packet parts = keys.packet(Arrays.copyOf(whole.toBytes(), HEADER_LENGTH + prefix));

            assertThat(keys.sender().protectRtp(whole, HEADER_LENGTH, 1000)).isEqualTo(SrtpResult.OK);
            assertThat(keys.sender().protectRtp(parts, HEADER_LENGTH, 1000, shared, 77, payload.length - prefix))
                    .isEqualTo(SrtpResult.OK);

            assertThat(parts.toBytes()).as("prefix %d", prefix).isEqualTo(whole.toBytes());
            assertThat(shared).as("what others read too").isEqualTo(before);
        }
    }

    @Test
    void neverProtectsAnIndexTwice() {
        Fuzz.random(50, random -> {
            SrtpSender sender = new SrtpFixture(gcm.profile, SrtpCipherSuite.NULL).sender();
            Set<Long> used = new HashSet<>();
            long at = 5000;
            for (int i = 0; i < 2000; i++) {
                at = Math.max(0, at + random.nextInt(-1200, 1300));
                Packet p = gcm.rtp(SSRC, at, 20);
                byte[] before = p.toBytes();
                if (sender.protectRtp(p, HEADER_LENGTH, at) == SrtpResult.OK) {
                    assertThat(used.add(at)).as("index %d", at).isTrue();
                } else {
                    assertThat(p.toBytes()).isEqualTo(before);
                }
                p.release();
            }
            assertThat(used).hasSizeGreaterThan(300);
        });
    }

    @Test
    void takesIndicesInAnyOrderWithinTheWindow() {
        SrtpSender sender = gcm.sender();
        assertThat(protect(sender, 3000)).isEqualTo(SrtpResult.OK);
        assertThat(protect(sender, 3000 - 1023)).isEqualTo(SrtpResult.OK);
        assertThat(protect(sender, 2999)).isEqualTo(SrtpResult.OK);
        assertThat(protect(sender, 2999)).isEqualTo(SrtpResult.INDEX_REUSED);
        assertThat(protect(sender, 3000 - 1024)).isEqualTo(SrtpResult.INDEX_REUSED);
        assertThat(protect(sender, 3000 + (1 << 16))).isEqualTo(SrtpResult.OK);
    }

    @Test
    void refusesAnIndexThatNoKeyMayHave() {
        SrtpSender sender = gcm.sender();
        assertThat(protect(sender, (1L << 48) - 1)).isEqualTo(SrtpResult.OK);
        assertThat(protect(sender, 1L << 48)).isEqualTo(SrtpResult.INDEX_REUSED);
        assertThat(protect(gcm.sender(), -1)).isEqualTo(SrtpResult.INDEX_REUSED);
    }

    @Test
    void refusesAHeaderThatSaysSomethingElse() {
        SrtpSender sender = gcm.sender();
        Packet p = gcm.rtp(SSRC, 500, 20);
        assertThat(sender.protectRtp(p, HEADER_LENGTH, 501)).isEqualTo(SrtpResult.MALFORMED);
        assertThat(sender.protectRtp(p, HEADER_LENGTH + 4, 500)).isEqualTo(SrtpResult.MALFORMED);
        p.length(8);
        assertThat(sender.protectRtp(p, 8, 500)).isEqualTo(SrtpResult.MALFORMED);
        p.length(HEADER_LENGTH);
        assertThat(sender.protectRtp(p, HEADER_LENGTH, 500))
                .as("no refusal took the index")
                .isEqualTo(SrtpResult.OK);
    }

    @Test
    void refusesAPacketThatLeavesNoRoomForTheTag() {
        int most = Packet.CAPACITY - HEADER_LENGTH - 16;
        assertThat(gcm.sender().protectRtp(gcm.rtp(SSRC, 1, most), HEADER_LENGTH, 1))
                .isEqualTo(SrtpResult.OK);
        assertThat(gcm.sender().protectRtp(gcm.rtp(SSRC, 1, most + 1), HEADER_LENGTH, 1))
                .isEqualTo(SrtpResult.MALFORMED);
        byte[] source = new byte[Packet.CAPACITY];
        assertThat(gcm.sender().protectRtp(gcm.rtp(SSRC, 1, 1), HEADER_LENGTH, 1, source, 0, most))
                .isEqualTo(SrtpResult.MALFORMED);
        assertThat(gcm.sender().protectRtp(gcm.rtp(SSRC, 1, 1), HEADER_LENGTH, 1, source, 0, -1))
                .isEqualTo(SrtpResult.MALFORMED);
        assertThat(gcm.sender().protectRtcp(gcm.rtcp(SSRC, Packet.CAPACITY - 16)))
                .isEqualTo(SrtpResult.MALFORMED);
        assertThat(gcm.sender().protectRtcp(gcm.rtcp(SSRC, 4))).isEqualTo(SrtpResult.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource
    void rtcpEndsAfterItsLastIndex(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender sender = keys.sender(Srtcp.INDEX_MAX);
        SrtpReceiver receiver = keys.receiver();

        assertThat(keys.receiveRtcp(receiver, keys.rtcpDatagram(sender))).isEqualTo(SrtpResult.OK);
        assertThat(sender.protectRtcp(keys.rtcp(SSRC, 52))).isEqualTo(SrtpResult.INDEX_REUSED);
        assertThat(sender.protectRtcp(keys.rtcp(SSRC, 52))).isEqualTo(SrtpResult.INDEX_REUSED);
    }

    @Test
    void hasALimitOfSources() {
        SrtpSender sender = new SrtpFixture(gcm.profile, SrtpCipherSuite.NULL).sender();
        int most = Limits.defaults().ssrcsSentPerSession();
        for (int ssrc = 0; ssrc < most; ssrc++) {
            assertThat(sender.protectRtp(gcm.rtp(ssrc, 1, 20), HEADER_LENGTH, 1))
                    .isEqualTo(SrtpResult.OK);
        }
        assertThat(sender.protectRtp(gcm.rtp(most, 1, 20), HEADER_LENGTH, 1)).isEqualTo(SrtpResult.TOO_MANY_SOURCES);
        assertThat(sender.protectRtcp(gcm.rtcp(most, 52))).isEqualTo(SrtpResult.TOO_MANY_SOURCES);
        assertThat(sender.protectRtp(gcm.rtp(0, 2, 20), HEADER_LENGTH, 2)).isEqualTo(SrtpResult.OK);
    }

    private SrtpResult protect(SrtpSender sender, long index) {
        Packet p = gcm.rtp(SSRC, index, 20);
        SrtpResult result = sender.protectRtp(p, HEADER_LENGTH, index);
        p.release();
        return result;
    }
}
