package dev.parley.sfu.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class NtpTimeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theUnixEpochIsSeventyYearsAfterTheOther() {
        assertThat(NtpTime.ofUnixNs(0)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.ofUnixNs(SECOND / 2)).isEqualTo(2_208_988_800L << 32 | 0x8000_0000L);
    }

    @Test
    void goesForthAndBackWithinANanosecond() {
        Fuzz.random(20_000, random -> {
            long unixNs = random.nextLong(2_000_000_000L * SECOND);
            assertThat(NtpTime.toUnixNs(NtpTime.ofUnixNs(unixNs))).isCloseTo(unixNs, Offset.offset(1L));
        });
    }

    @Test
    void shortTimesAreSixteenDotSixteen() {
        assertThat(NtpTime.shortOfNs(SECOND * 3 / 2)).isEqualTo(0x0001_8000);
        assertThat(NtpTime.shortToNs(0x0001_8000)).isEqualTo(SECOND * 3 / 2);
        assertThat(NtpTime.shortOfNs(-5)).isZero();
        assertThat(NtpTime.shortOfNs(70_000 * SECOND)).as("too long").isEqualTo(-1);
        assertThat(NtpTime.shortToNs(NtpTime.shortOfNs(40_000 * SECOND))).isEqualTo(40_000 * SECOND);
    }

    @Test
    void roundTripIsWhatIsLeftOfTheTimeSinceTheReport() {
        long sent = NtpTime.ofUnixNs(1_000 * SECOND);
        long now = NtpTime.ofUnixNs(1_000 * SECOND + 350_000_000);
        int held = NtpTime.shortOfNs(250_000_000);
        assertThat(NtpTime.roundTripNs(now, NtpTime.middle(sent), held))
                .isCloseTo(100_000_000L, Offset.offset(20_000L));
        assertThat(NtpTime.roundTripNs(now, 0, held)).isEqualTo(-1);
        assertThat(NtpTime.roundTripNs(now, NtpTime.middle(sent), NtpTime.shortOfNs(SECOND)))
                .as("held longer than the report is old")
                .isEqualTo(-1);
    }

    @Test
    void absoluteSendTimeWrapsAfterSixtyFourSeconds() {
        assertThat(NtpTime.absSendTime(SECOND)).isEqualTo(1 << 18);
        assertThat(NtpTime.absSendTime(65 * SECOND + SECOND / 2)).isEqualTo(3 << 17);
        assertThat(NtpTime.absSendTime(-SECOND / 2)).isEqualTo(0xff_ffff - (1 << 17) + 1);
    }

    @Test
    void ticksOfAnRtpClockDoNotOverflow() {
        assertThat(NtpTime.rtpTicks(SECOND / 50, 48_000)).isEqualTo(960);
        assertThat(NtpTime.rtpTicks(Long.MAX_VALUE, 90_000) - NtpTime.rtpTicks(Long.MAX_VALUE - SECOND, 90_000))
                .isEqualTo(90_000);
    }
}
