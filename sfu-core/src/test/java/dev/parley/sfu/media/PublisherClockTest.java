package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PublisherClockTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;
    private static final long HOURS_AHEAD = 3 * 3_600 * SECOND;

    @Test
    void oneOffsetForReportsThatTravelledDifferentTimes() {
        PublisherClock clock = new PublisherClock();
        SplittableRandom random = new SplittableRandom(5);
        clock.onSenderReport(HOURS_AHEAD, 20 * MS);
        for (int i = 1; i < 100; i++) {
            long sent = i * SECOND;
            long moment = clock.onSenderReport(sent + HOURS_AHEAD, sent + 20 * MS + random.nextLong(80 * MS));
            assertThat(moment - sent).isBetween(20 * MS, 31 * MS);
        }
    }

    @Test
    void followsAClockThatDrifts() {
        PublisherClock clock = new PublisherClock();
        for (int i = 0; i < 600; i++) {
            long now = i * SECOND;
            long moment = clock.onSenderReport(now - now / 20_000, now + 20 * MS);
            assertThat(moment - now).isBetween(15 * MS, 25 * MS);
        }
    }
}
