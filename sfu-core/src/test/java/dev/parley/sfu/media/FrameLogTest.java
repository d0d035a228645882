package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FrameLogTest {
    private final FrameLog log = new FrameLog();

    @Test
    void remembersWhatWasDecided() {
        assertThat(log.verdict(7)).isEqualTo(FrameLog.UNKNOWN);
        log.put(7, FrameLog.TAKEN);
        log.put(9, FrameLog.LEFT_OUT);
        log.put(8, FrameLog.TAKEN_AS_TOP);
        assertThat(log.took(7)).isTrue();
        assertThat(log.took(8)).isTrue();
        assertThat(log.took(9)).isFalse();
        assertThat(log.verdict(9)).isEqualTo(FrameLog.LEFT_OUT);
        assertThat(log.verdict(10)).isEqualTo(FrameLog.UNKNOWN);
    }

    @Test
    void framesOfLongAgoAreUnknownAndStayIt() {
        log.put(-5, FrameLog.TAKEN);
        log.put(251, FrameLog.LEFT_OUT);
        assertThat(log.verdict(-5)).isEqualTo(FrameLog.UNKNOWN);
        log.put(-5, FrameLog.TAKEN);
        assertThat(log.verdict(251)).as("the same place").isEqualTo(FrameLog.LEFT_OUT);
    }

    @Test
    void answersAsAMapWouldInTheWholeWindow() {
        Fuzz.random(1_000, random -> {
            FrameLog tested = new FrameLog();
            Map<Long, Byte> model = new HashMap<>();
            long highest = random.nextLong(-500, 1L << 40);
            for (int i = 0; i < 300; i++) {
                highest += random.nextInt(30) == 0 ? random.nextInt(400) : random.nextInt(2);
                long frame = i == 0 ? highest : highest - random.nextInt(20);
                byte verdict = (byte) random.nextInt(1, 4);
                if (i > 0) {
                    tested.put(highest, verdict);
                    model.put(highest, verdict);
                }
                tested.put(frame, verdict);
                model.put(frame, verdict);
                long asked = highest - random.nextInt(256);
                assertThat(tested.verdict(asked)).isEqualTo(model.getOrDefault(asked, FrameLog.UNKNOWN));
            }
        });
    }
}
