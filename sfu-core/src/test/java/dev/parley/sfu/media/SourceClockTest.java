package dev.parley.sfu.media;

import static dev.parley.sfu.media.MediaRig.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import org.junit.jupiter.api.Test;

final class SourceClockTest {
    @Test
    void timestampsAndMomentsAreEachOthersInverse() {
        Fuzz.random(2_000, random -> {
            int clockRate = random.nextBoolean() ? 48_000 : 90_000;
            SourceClock clock = new SourceClock(0, random.nextInt(), random.nextLong(1L << 50), 0);
            int timestamp = clock.rtpTimestamp() + random.nextInt(-90_000_000, 90_000_000);
            assertThat(clock.timestampAt(clock.momentOf(timestamp, clockRate), clockRate) - timestamp)
                    .isBetween(-1, 1);
        });
    }

    @Test
    void timestampsWrap() {
        SourceClock clock = new SourceClock(0, Integer.MAX_VALUE, 0, 0);
        assertThat(clock.timestampAt(1_000 * MS, 48_000)).isEqualTo(Integer.MAX_VALUE + 48_000);
        assertThat(clock.momentOf(Integer.MAX_VALUE + 48_000, 48_000)).isEqualTo(1_000 * MS);
    }
}
