package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RedundancyTest {
    private static final long SECOND = 1_000_000_000;

    private final Redundancy redundancy = new Redundancy();

    @Test
    void asManyCopiesAsLeaveLessThanHalfAPercentMissing() {
        for (double loss = 0.01; loss <= 0.26; loss += 0.001) {
            int copies = new Redundancy().copies(loss, 0);
            assertThat(Math.pow(loss, copies + 1)).as("loss %s", loss).isLessThan(0.005);
        }
    }

    @Test
    void noneWhereNothingIsLostAndNeverMoreThanThree() {
        assertThat(redundancy.copies(0, 0)).isZero();
        assertThat(redundancy.copies(0.009, 0)).isZero();
        assertThat(redundancy.copies(1, 0)).isEqualTo(Redundancy.COPIES_MAX);
    }

    @Test
    void risesAtOnceAndFallsOneByOneAfterTenCalmSecondsEach() {
        assertThat(redundancy.copies(0.3, 0)).isEqualTo(3);
        assertThat(redundancy.copies(0, 9 * SECOND)).isEqualTo(3);
        assertThat(redundancy.copies(0, 10 * SECOND)).isEqualTo(2);
        assertThat(redundancy.copies(0, 19 * SECOND)).isEqualTo(2);
        assertThat(redundancy.copies(0, 20 * SECOND)).isEqualTo(1);
        assertThat(redundancy.copies(0, 30 * SECOND)).isZero();
    }

    @Test
    void doesNotFallWhereTheLossIsJustBelow() {
        redundancy.copies(0.16, 0);
        for (int second = 1; second < 100; second++) {
            assertThat(redundancy.copies(0.14, second * SECOND)).isEqualTo(3);
        }
    }
}
