package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import org.junit.jupiter.api.Test;

final class ResendsTest {
    private static final long MS = 1_000_000;

    private final Limits limits = Limits.defaults();
    private final Resends resends = new Resends(limits);

    @Test
    void answersOnceWhileTheAnswerIsOnItsWay() {
        assertThat(resends.allow(7, 0)).isTrue();
        assertThat(resends.allow(7, MS)).isFalse();
        assertThat(resends.allow(8, MS)).isTrue();
        assertThat(resends.allow(7, 25 * MS)).isTrue();
    }

    @Test
    void answersAPacketOnlyAFewTimes() {
        int answers = 0;
        for (int i = 0; i < 20; i++) {
            answers += resends.allow(7, i * 100L * MS) ? 1 : 0;
        }
        assertThat(answers).isEqualTo(limits.resendsPerPacket());
    }
}
