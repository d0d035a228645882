package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AudioLevelMeterTest {
    private static final long MS = 1_000_000;

    private final AudioLevelMeter meter = new AudioLevelMeter();

    @Test
    void tellsAtMostTenTimesASecondAndTheLoudestOfTheInterval() {
        assertThat(meter.heard(30, 80, 0)).isTrue();
        assertThat(meter.heard(10, 80, 20 * MS)).isFalse();
        assertThat(meter.heard(45, 80, 100 * MS)).isTrue();
        assertThat(meter.loudest()).isEqualTo(10);
    }

    @Test
    void aQuietRoomIsNothingToTell() {
        for (int i = 0; i < 50; i++) {
            assertThat(meter.heard(70, 80, i * 20L * MS)).isFalse();
        }
    }

    /// Between the packets of which one in five is told.
    @Test
    void aWordThatBeginsIsToldWithItsFirstPacket() {
        assertThat(meter.heard(70, 80, 0)).isFalse();
        assertThat(meter.heard(70, 80, 20 * MS)).isFalse();
        assertThat(meter.heard(30, 80, 40 * MS)).isTrue();
        assertThat(meter.heard(20, 80, 60 * MS))
                .as("and then as often as any other")
                .isFalse();
    }

    @Test
    void whatIsTooSmallForSoundIsNoneWhateverItClaims() {
        for (int i = 0; i < 50; i++) {
            assertThat(meter.heard(0, 3, i * 20L * MS)).isFalse();
        }
        assertThat(meter.heard(0, 4, 1_000 * MS)).isTrue();
    }

    @Test
    void withoutALevelSoundIsKnownByItsSize() {
        assertThat(meter.heard(AudioLevelMeter.UNKNOWN, 2, 0)).isFalse();
        assertThat(meter.heard(AudioLevelMeter.UNKNOWN, 80, 200 * MS)).isTrue();
    }
}
