package dev.parley.sfu.srtp;

import static dev.parley.sfu.srtp.SrtpFixture.SSRC;
import static dev.parley.sfu.srtp.SrtpFixture.withBadTag;
import static dev.parley.sfu.srtp.SrtpFixture.withSequence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.SfuCounter;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rows of the hostile list that a packet under live keys can break.
class SrtpHostileTest {
    private static final int BAD_TAGS = Boolean.getBoolean("parley.long") ? 1_000_000 : 200_000;

    private final Counters counters = new Counters();
    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());

    /// One good packet among a hundred forged ones, whose numbers are anywhere around its own.
    @DisplayName("hostile B07: bad tags at a live source are dropped and counted, and the stream goes on")
    @ParameterizedTest
    @EnumSource
    void hostile_B07_badTagsMoveNothing(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        byte[] good = keys.rtpDatagram(sender, 60_000);
        count(keys.receiveRtp(receiver, good));
        int accepted = 1;
        for (int bad = 0; bad < BAD_TAGS; bad++) {
            if (bad % 100 == 0) {
                good = keys.rtpDatagram(sender, 60_000 + accepted++);
                assertThat(keys.receiveRtp(receiver, good)).isEqualTo(SrtpResult.OK);
            }
            byte[] forged = withSequence(good, (Bytes.u16(good, 2) + random.nextInt(-2000, 2001)) & 0xffff);
            count(keys.receiveRtp(receiver, withBadTag(forged)));
        }
        assertThat(counters.get(SfuCounter.SRTP_AUTH_FAILED) + counters.get(SfuCounter.SRTP_REPLAYED))
                .isEqualTo(BAD_TAGS);
        assertThat(counters.get(SfuCounter.SRTP_AUTH_FAILED)).isGreaterThan(BAD_TAGS / 2);
        assertThat(receiver.sourceCount()).isEqualTo(1);
    }

    /// 20 s of video with 300 packets a second; the attacker keeps all that he saw for 10 s.
    @DisplayName("hostile B08: each packet twice and all of the last 10 s again give no duplicate")
    @ParameterizedTest
    @EnumSource
    void hostile_B08_replaysNeverPass(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        ArrayDeque<byte[]> recorded = new ArrayDeque<>();
        ArrayDeque<byte[]> recordedRtcp = new ArrayDeque<>();
        for (int sent = 0; sent < 6000; sent++) {
            byte[] rtp = keys.rtpDatagram(sender, 64_000 + sent);
            assertThat(keys.receiveRtp(receiver, rtp)).isEqualTo(SrtpResult.OK);
            assertThat(keys.receiveRtp(receiver, rtp)).isEqualTo(SrtpResult.REPLAYED);
            remember(recorded, rtp, 3000);
            if (sent % 300 == 0) {
                byte[] rtcp = keys.rtcpDatagram(sender);
                assertThat(keys.receiveRtcp(receiver, rtcp)).isEqualTo(SrtpResult.OK);
                remember(recordedRtcp, rtcp, 10);
                recorded.forEach(
                        old -> assertThat(keys.receiveRtp(receiver, old)).isEqualTo(SrtpResult.REPLAYED));
                recordedRtcp.forEach(
                        old -> assertThat(keys.receiveRtcp(receiver, old)).isEqualTo(SrtpResult.REPLAYED));
            }
        }
    }

    @DisplayName("hostile B08: what is late within 1,024 packets is no replay")
    @ParameterizedTest
    @EnumSource
    void hostile_B08_latePacketsPass(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender sender = keys.sender();
        SrtpReceiver receiver = keys.receiver();
        byte[] late = keys.rtpDatagram(sender, 65_000);
        byte[] tooLate = keys.rtpDatagram(sender, 64_999);
        assertThat(keys.receiveRtp(receiver, keys.rtpDatagram(sender, 65_000 + 1023)))
                .isEqualTo(SrtpResult.OK);
        assertThat(keys.receiveRtp(receiver, late)).isEqualTo(SrtpResult.OK);
        assertThat(keys.receiveRtp(receiver, tooLate)).isEqualTo(SrtpResult.REPLAYED);
    }

    @DisplayName("hostile B09: nothing but the lost packets is lost at the wrap")
    @ParameterizedTest
    @ValueSource(longs = {65_535, 65_530, 65_400, 60_000, 1, 32_767, 32_768})
    void hostile_B09_wrapsUnderLoss(long first) {
        Fuzz.seeds(20, seed -> {
            SplittableRandom losses = new SplittableRandom(seed);
            SrtpFixture keys = new SrtpFixture(SrtpProfile.AEAD_AES_128_GCM, SrtpCipherSuite.NULL);
            SrtpSender sender = keys.sender();
            SrtpReceiver receiver = keys.receiver();
            for (long index = first; index < first + 140_000; index++) {
                byte[] datagram = keys.rtpDatagram(sender, index);
                boolean nearWrap = (index + 2000) % 65_536 < 4000;
                if (index == first || losses.nextInt(100) < (nearWrap ? 1 : 0)) {
                    continue;
                }
                assertThat(keys.receiveRtp(receiver, datagram))
                        .as("index %d", index)
                        .isEqualTo(SrtpResult.OK);
            }
        });
    }

    /// The estimate of the RFC alone loses a source for ever when it jumps by more than half a cycle.
    @DisplayName("hostile B09: a source that jumps by 32,768 and more is found again at once")
    @ParameterizedTest
    @ValueSource(ints = {32_766, 32_767, 32_768, 32_769, 40_000, 64_000, 64_511})
    void hostile_B09_recoversFromAJump(int jump) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            for (long last = 100; last < 200_000; last += 10_007) {
                SrtpFixture keys = new SrtpFixture(profile);
                SrtpSender sender = keys.sender();
                SrtpReceiver receiver = keys.receiver();
                for (long index = last % 65_536; index <= last; index += 20_000) {
                    assertThat(keys.receiveRtp(receiver, keys.rtpDatagram(sender, index)))
                            .isEqualTo(SrtpResult.OK);
                }
                long at = last - (last - last % 65_536) % 20_000;
                for (int i = 0; i < 20; i++) {
                    assertThat(keys.receiveRtp(receiver, keys.rtpDatagram(sender, at + jump + i)))
                            .as("%s: from %d by %d, packet %d", profile, at, jump, i)
                            .isEqualTo(SrtpResult.OK);
                }
            }
        }
    }

    @DisplayName("hostile B10: plain RTP and RTCP are dropped")
    @ParameterizedTest
    @EnumSource
    void hostile_B10_plainPacketsAreDropped(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpReceiver receiver = keys.receiver();
        for (int length = 0; length < 1200; length += 4) {
            assertThat(keys.receiveRtp(receiver, keys.rtp(SSRC, length, length).toBytes()))
                    .isIn(SrtpResult.AUTH_FAILED, SrtpResult.MALFORMED);
            assertThat(keys.receiveRtcp(receiver, keys.rtcp(SSRC, 8 + length).toBytes()))
                    .isIn(SrtpResult.AUTH_FAILED, SrtpResult.MALFORMED);
        }
        assertThat(receiver.sourceCount()).isZero();
    }

    @DisplayName("hostile B10: SRTCP without the E bit is dropped, also under our keys")
    @ParameterizedTest
    @EnumSource
    void hostile_B10_unencryptedRtcpIsDropped(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpReceiver receiver = keys.receiver();
        byte[] clear = ClearSrtcp.authenticated(keys, 1);
        assertThat(keys.receiveRtcp(receiver, clear)).isEqualTo(SrtpResult.MALFORMED);
        assertThat(receiver.sourceCount()).isZero();
    }

    @DisplayName("hostile B10: an SRTCP index is taken once, whatever comes under it")
    @ParameterizedTest
    @EnumSource
    void hostile_B10_rtcpIndexIsTakenOnce(SrtpProfile profile) {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpReceiver receiver = keys.receiver();
        SrtpSender first = keys.sender(5);
        SrtpSender again = keys.sender(5);
        assertThat(keys.receiveRtcp(receiver, keys.rtcpDatagram(first))).isEqualTo(SrtpResult.OK);

        var other = keys.rtcp(SSRC, 80);
        assertThat(again.protectRtcp(other)).isEqualTo(SrtpResult.OK);
        assertThat(receiver.unprotectRtcp(other)).isEqualTo(SrtpResult.REPLAYED);
        assertThat(keys.receiveRtcp(receiver, keys.rtcpDatagram(again))).isEqualTo(SrtpResult.OK);
    }

    private void count(SrtpResult result) {
        SfuCounter counter = result.counter();
        if (counter != null) {
            counters.add(counter);
        }
    }

    private static void remember(ArrayDeque<byte[]> recorded, byte[] datagram, int most) {
        recorded.addLast(datagram);
        if (recorded.size() > most) {
            recorded.removeFirst();
        }
    }
}
