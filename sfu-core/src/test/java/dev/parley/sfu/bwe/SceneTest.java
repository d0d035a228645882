package dev.parley.sfu.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/// Senders that follow their estimates over links of 300 kbit/s to 5 Mbit/s, in virtual time, 20 seeds each: from 5 s
/// after a step down and 10 s after a step up, the mean of the estimate over 10 s is between 80 % and 105 % of the
/// link,
/// and packets queue for less than 100 ms.
final class SceneTest {
    private static final int SEEDS = 20;
    private static final double QUEUE_MS_MAX = 100;
    private static final LinkConfig GOOD = LinkConfig.perfect().withDelayMs(Scene.DELAY_MS);

    /// Ten seconds that are looked at.
    private record Window(double from) {
        double to() {
            return from + 10;
        }
    }

    private static Window afterDown(double second) {
        return new Window(second + 5);
    }

    private static Window afterUp(double second) {
        return new Window(second + 10);
    }

    /// A scene with one greedy sender, for each seed, and what must hold in its windows.
    private static void holds(LongFunction<Scene> maker, double seconds, Window... windows) {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = maker.apply(seed);
            SceneFlow flow = scene.greedy().startsAt(0);
            SceneLog log = scene.run(seconds);
            expect(log, windows);
            assertThat(flow.sent().worstExcessBytes(Limits.defaults().datagramBytes()))
                    .isLessThanOrEqualTo(0);
            assertThat(flow.sent().paddingShare()).isLessThan(0.03);
        });
    }

    private static void expect(SceneLog log, Window... windows) {
        for (Window window : windows) {
            assertThat(log.share(window.from, window.to()))
                    .as(() -> "from " + window.from + " s\n" + log.lines(window.from - 12, window.to()))
                    .isBetween(0.8, 1.05);
            assertThat(log.queueMs(window.from, window.to()))
                    .as(() -> "from " + window.from + " s\n" + log.lines(window.from - 12, window.to()))
                    .isLessThan(QUEUE_MS_MAX);
        }
    }

    @Test
    void stepsDown() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 5_000_000, 300);
                    scene.rateFrom(20, 1_500_000);
                    scene.rateFrom(40, 300_000);
                    return scene;
                },
                56,
                afterUp(0),
                afterDown(20),
                afterDown(40));
    }

    @Test
    void stepsUp() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 500_000, 300);
                    scene.rateFrom(22, 2_000_000);
                    scene.rateFrom(44, 5_000_000);
                    return scene;
                },
                65,
                afterUp(0),
                afterUp(22),
                afterUp(44));
    }

    @Test
    void stepsUpSixteenfold() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 300_000, 300);
                    scene.rateFrom(22, 5_000_000);
                    return scene;
                },
                43,
                afterUp(0),
                afterUp(22));
    }

    /// 340 kbit/s a second down and up again.
    @Test
    void ramps() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 4_000_000, 300);
                    for (int half = 0; half < 40; half++) {
                        int below = half < 20 ? half : 40 - half;
                        scene.rateFrom(20 + half / 2.0, 4_000_000 - below * 170_000);
                    }
                    return scene;
                },
                61,
                afterUp(0),
                afterUp(40));
    }

    @Test
    void dropsOutForThreeSecondsAndForHalfASecond() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 2_000_000, 300);
                    scene.darkFrom(20, 3);
                    scene.darkFrom(45, 0.6);
                    return scene;
                },
                67,
                afterUp(23),
                afterUp(46));
    }

    @Test
    void losesInBursts() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 2_000_000, 300, GOOD.withLoss(0.02, 6));
                    scene.lossFrom(25, 0.3, 8);
                    scene.lossFrom(26, 0.02, 6);
                    return scene;
                },
                47,
                afterUp(0),
                afterUp(26));
    }

    @Test
    void aBufferOfThreeSeconds() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 3_000_000, 3000);
                    scene.rateFrom(20, 600_000);
                    scene.rateFrom(40, 2_000_000);
                    return scene;
                },
                61,
                afterUp(0),
                afterDown(20),
                afterUp(40));
    }

    @Test
    void aBufferOfFortyMilliseconds() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 2_000_000, 40);
                    scene.rateFrom(25, 1_000_000);
                    return scene;
                },
                41,
                afterUp(0),
                afterDown(25));
    }

    @Test
    void jitterOfAWirelessLink() {
        holds(
                seed -> {
                    Scene scene = new Scene(seed, 2_000_000, 300, GOOD.withJitterMs(4));
                    scene.rateFrom(25, 1_000_000);
                    return scene;
                },
                41,
                afterUp(0),
                afterDown(25));
    }

    /// Half a Mbit/s is all there is to send until the second 40; probes find out what else would pass.
    @Test
    void littleToSend() {
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, 3_000_000, 300);
            SceneFlow flow = scene.flow(3_000_000, 500_000).startsAt(0);
            scene.rateFrom(25, 1_000_000);
            flow.contentFrom(40, Long.MAX_VALUE);
            SceneLog log = scene.run(61);
            assertThat(log.share(10, 20)).as(() -> log.lines(0, 20)).isBetween(0.8, 1.05);
            expect(log, afterDown(40));
            assertThat(flow.sent().paddingShare()).isLessThan(0.03);
        });
    }

    @Test
    void fiveOnOneBottleneck() {
        double[] fairness = new double[SEEDS];
        int[] run = new int[1];
        Fuzz.seeds(SEEDS, seed -> {
            Scene scene = new Scene(seed, 5_000_000, 300);
            List<SceneFlow> flows = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                flows.add(scene.greedy().startsAt(i));
            }
            SceneLog log = scene.run(61);
            expect(log, new Window(20), new Window(30), new Window(40), new Window(50));
            double sum = flows.stream().mapToDouble(SceneFlow::meanBps).sum();
            double squares =
                    flows.stream().mapToDouble(f -> f.meanBps() * f.meanBps()).sum();
            fairness[run[0]++] = sum * sum / squares / flows.size();
            double least = flows.stream().mapToDouble(SceneFlow::meanBps).min().orElseThrow();
            assertThat(least).isGreaterThan(0.2 * sum / flows.size());
        });
        double mean = Arrays.stream(fairness).average().orElseThrow();
        System.out.printf("five flows: Jain's fairness %.2f on average%n", mean);
        assertThat(mean).isGreaterThan(0.75);
    }
}
