package dev.parley.signaling.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComeBackTest {
    private final ComeBack comeBack = new ComeBack(new SplittableRandom(7));

    @Test
    void aThousandPeopleReturnAboutAHundredInASecond() {
        long[] perSecond = new long[11];
        IntStream.range(0, 1_000)
                .forEach(_ -> perSecond[(int) comeBack.after(1_000).toSeconds()]++);
        assertThat(perSecond[10]).isZero();
        assertThat(IntStream.range(1, 10))
                .allSatisfy(second -> assertThat(perSecond[second]).isBetween(70L, 140L));
    }

    @Test
    void aFewAreBackWithinASecond() {
        assertThat(IntStream.range(0, 100).mapToObj(_ -> comeBack.after(3)))
                .allSatisfy(after -> assertThat(after).isBetween(ComeBack.EARLIEST, Duration.ofMillis(1_030)));
    }
}
