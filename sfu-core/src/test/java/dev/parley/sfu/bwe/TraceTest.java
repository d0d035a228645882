package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Links that change as the traces in `src/test/resources/bwe` say. Wherever one has been level for ten seconds, what
/// must hold after a step holds for the next ten.
final class TraceTest {
    private static final int SEEDS = 20;
    private static final double LEVEL = 0.15;

    @ParameterizedTest
    @ValueSource(strings = {"tram", "far-from-the-router", "tunnel", "shared-line"})
    void follows(String name) {
        Trace trace = Trace.read(name);
        double[] shares = new double[SEEDS];
        int[] run = new int[1];
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, trace.firstBps(), 400);
            trace.points().forEach(point -> scene.rateFrom(point.second(), point.bps()));
            scene.greedy().startsAt(0);
            SceneLog log = scene.run(trace.seconds() + 1);
            shares[run[0]++] = log.share(10, trace.seconds());
            int levels = 0;
            for (double from = 20; from + 10 <= trace.seconds(); from++) {
                if (trace.level(from - 10, from + 10, LEVEL)) {
                    levels++;
                    double start = from;
                    assertThat(log.share(from, from + 10))
                            .as(() -> log.lines(start - 10, start + 10))
                            .isBetween(0.8, 1.05);
                    assertThat(log.queueMs(from, from + 10))
                            .as(() -> log.lines(start - 10, start + 10))
                            .isLessThan(100);
                }
            }
            assertThat(levels).isPositive();
        });
        double mean = Arrays.stream(shares).average().orElseThrow();
        System.out.printf("trace %s: estimate %.2f of the link on average%n", name, mean);
        assertThat(mean).isBetween(0.7, 1.0);
    }
}
