package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.sfu.base.Limits;
import org.junit.jupiter.api.Test;

final class DownlinkTest {
    private static final long MS = 1_000_000;

    private final Downlink downlink = new Downlink(Limits.defaults(), 0);

    /// Three voices of 40 kbit/s with their headers for a second.
    private long speak(long fromNs) {
        long nowNs = fromNs;
        for (; nowNs < fromNs + 1_000 * MS; nowNs += 20 * MS) {
            for (int voice = 0; voice < 3; voice++) {
                downlink.sound(24, nowNs);
            }
        }
        return nowNs;
    }

    @Test
    void theRoundTripFollowsSlowly() {
        assertThat(downlink.roundTripNs()).isZero();
        downlink.roundTrip(-1);
        assertThat(downlink.roundTripNs()).isZero();
        downlink.roundTrip(80 * MS);
        assertThat(downlink.roundTripNs()).isEqualTo(80 * MS);
        downlink.roundTrip(160 * MS);
        assertThat(downlink.roundTripNs()).isEqualTo(90 * MS);
        for (int i = 0; i < 100; i++) {
            downlink.roundTrip(20 * MS);
        }
        assertThat(downlink.roundTripNs()).isCloseTo(20 * MS, within(MS));
    }

    @Test
    void copiesByLossAsLongAsThereIsRoom() {
        long nowNs = speak(0);
        assertThat(downlink.copies(nowNs)).isZero();
        downlink.loss().reported(128, 250, 0);
        assertThat(downlink.copies(nowNs)).isEqualTo(3);
        downlink.soundRoom(490_000);
        assertThat(downlink.copies(nowNs)).isEqualTo(3);
        downlink.soundRoom(400_000);
        assertThat(downlink.copies(nowNs)).isEqualTo(2);
        downlink.soundRoom(130_000);
        assertThat(downlink.copies(nowNs)).isZero();
        downlink.soundRoom(0);
        assertThat(downlink.copies(nowNs)).isZero();
        downlink.soundRoom(Long.MAX_VALUE);
        assertThat(downlink.copies(nowNs)).isEqualTo(3);
    }

    @Test
    void afterAPauseNothingIsKnownOfTheRate() {
        long nowNs = speak(0);
        downlink.loss().reported(128, 250, 0);
        downlink.soundRoom(130_000);
        assertThat(downlink.copies(nowNs + 5_000 * MS)).isEqualTo(3);
    }
}
