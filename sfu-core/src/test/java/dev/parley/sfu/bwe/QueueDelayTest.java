package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueueDelayTest {
    private static final long MS = 1_000_000;

    private final QueueDelay queue = new QueueDelay();
    private long nowNs = 5_000_000_000L;

    private void reports(int count, long... delaysMs) {
        for (int i = 0; i < count; i++) {
            nowNs += 100 * MS;
            for (long delayMs : delaysMs) {
                queue.add(nowNs - 77_000 * MS, nowNs + delayMs * MS);
            }
            queue.reported(nowNs);
        }
    }

    @Test
    void isTheLeastDelayOfAReportAboveTheLeastOfAll() {
        reports(1, 30, 20, 90);
        assertThat(queue.queueNs()).isZero();
        reports(1, 60, 45);
        assertThat(queue.queueNs()).isEqualTo(25 * MS);
    }

    @Test
    void standsWhenItIsNotShortForAFifthOfASecond() {
        reports(5, 20);
        reports(1, 75);
        assertThat(queue.stands(false, nowNs)).isFalse();
        reports(1, 75);
        assertThat(queue.stands(false, nowNs)).isTrue();
        assertThat(queue.standingForNs(nowNs)).isEqualTo(200 * MS);
        reports(1, 40);
        assertThat(queue.stands(false, nowNs)).isFalse();
    }

    @Test
    void standsAtOnceWhenItIsLongAndSoonerWhileItOverflows() {
        reports(5, 20);
        reports(1, 145);
        assertThat(queue.stands(false, nowNs)).isTrue();
        reports(1, 20);
        reports(4, 45);
        assertThat(queue.stands(false, nowNs)).isFalse();
        assertThat(queue.stands(true, nowNs)).isTrue();
    }

    @Test
    void aLongerWayIsKnownAfterHalfAMinute() {
        reports(50, 20);
        reports(400, 45);
        assertThat(queue.queueNs()).isZero();
    }

    @Test
    void startsAnewAfterAReset() {
        reports(5, 20);
        reports(5, 200);
        queue.reset();
        reports(1, 200);
        assertThat(queue.queueNs()).isZero();
        assertThat(queue.stands(true, nowNs)).isFalse();
    }
}
