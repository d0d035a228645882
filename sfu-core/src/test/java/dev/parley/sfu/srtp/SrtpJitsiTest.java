package dev.parley.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// 10,000 random packets each way against jitsi-srtp: equal bytes when we send, the plain packet when we receive.
class SrtpJitsiTest {
    private static final int PACKETS = 10_000;
    private static final int SOURCES = 5;

    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    private final long[] indices = random.longs(SOURCES, 30_000, 65_536).toArray();

    @ParameterizedTest
    @EnumSource
    void jitsiReadsWhatWeSend(SrtpProfile profile) throws GeneralSecurityException {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpSender ours = keys.sender();
        JitsiPeer theirs = new JitsiPeer(keys, false);
        JitsiPeer asThey = new JitsiPeer(keys, true);
        for (int i = 0; i < PACKETS; i++) {
            int source = random.nextInt(SOURCES);
            byte[] plain = i % 10 == 0 ? randomRtcp(source) : nextRtp(source);
            Packet p = keys.packet(plain);
            if (i % 10 == 0) {
                assertThat(ours.protectRtcp(p)).isEqualTo(SrtpResult.OK);
                assertThat(p.toBytes()).isEqualTo(asThey.protectRtcp(source, plain));
                assertThat(theirs.unprotectRtcp(source, p.toBytes())).isEqualTo(plain);
            } else {
                assertThat(ours.protectRtp(p, RtpHeader.length(p), indices[source]))
                        .isEqualTo(SrtpResult.OK);
                assertThat(p.toBytes()).isEqualTo(asThey.protectRtp(source, plain));
                assertThat(theirs.unprotectRtp(source, p.toBytes())).isEqualTo(plain);
            }
            p.release();
        }
        assertThat(LongStream.of(indices).min().orElseThrow())
                .as("all sources wrapped")
                .isGreaterThan(1 << 16);
    }

    @ParameterizedTest
    @EnumSource
    void weReadWhatJitsiSends(SrtpProfile profile) throws GeneralSecurityException {
        SrtpFixture keys = new SrtpFixture(profile);
        SrtpReceiver ours = keys.receiver();
        JitsiPeer theirs = new JitsiPeer(keys, true);
        for (int i = 0; i < PACKETS; i++) {
            int source = random.nextInt(SOURCES);
            byte[] plain = i % 10 == 0 ? randomRtcp(source) : nextRtp(source);
            Packet p = keys.packet(i % 10 == 0 ? theirs.protectRtcp(source, plain) : theirs.protectRtp(source, plain));
            assertThat(i % 10 == 0 ? ours.unprotectRtcp(p) : ours.unprotectRtp(p))
                    .isEqualTo(SrtpResult.OK);
            assertThat(p.toBytes()).isEqualTo(plain);
            p.release();
        }
        assertThat(LongStream.of(indices).min().orElseThrow())
                .as("all sources wrapped")
                .isGreaterThan(1 << 16);
    }

    /// The next packet of a source, with gaps, contributing sources, a header extension, any payload down to none.
    private byte[] nextRtp(int source) {
        indices[source] += 1 + random.nextInt(100);
        int contributors = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
        int extensionWords = random.nextInt(2) == 0 ? random.nextInt(12) : -1;
        int headerLength = 12 + 4 * contributors + (extensionWords < 0 ? 0 : 4 + 4 * extensionWords);
        byte[] rtp = new byte[headerLength + random.nextInt(1200)];
        random.nextBytes(rtp);
        rtp[0] = (byte) (0x80 | (extensionWords < 0 ? 0 : 0x10) | contributors);
        put(rtp, 2, (int) indices[source], 2);
        put(rtp, 8, source, 4);
        if (extensionWords >= 0) {
            put(rtp, 12 + 4 * contributors, 0xbede, 2);
            put(rtp, 14 + 4 * contributors, extensionWords, 2);
        }
        return rtp;
    }

    private byte[] randomRtcp(int source) {
        byte[] rtcp = new byte[4 * random.nextInt(2, 300)];
        random.nextBytes(rtcp);
        put(rtcp, 0, 0x80c8, 2);
        put(rtcp, 2, rtcp.length / 4 - 1, 2);
        put(rtcp, 4, source, 4);
        return rtcp;
    }

    private static void put(byte[] bytes, int at, int value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
    }
}
