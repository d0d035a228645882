package dev.parley.sfu.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.edge.LoopRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopWatchdogTest {
    private static final long MS = 1_000_000;

    private final Logger logger = (Logger) LoggerFactory.getLogger(WatchedLoop.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
    private long nowNs = 1_000 * MS;
    private final LoopWatchdog watchdog = LoopWatchdog.ticked(() -> nowNs);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        watchdog.watch("media-0", loop::add, registry);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    private void pass(long ms) {
        nowNs += ms * MS;
    }

    private void answer() {
        while (!loop.isEmpty()) {
            loop.poll().run();
        }
    }

    /// Ticks as the thread would.
    private void stall(long ms) {
        for (long passed = 0; passed < ms; passed += 20) {
            pass(20);
            watchdog.tick();
        }
    }

    private double stalls() {
        return registry.get("parley.loop.stalls").functionCounter().count();
    }

    private double delaySeconds() {
        return registry.get("parley.loop.delay.seconds").gauge().value();
    }

    @Test
    void measuresHowLongALoopLetsOthersWait() {
        watchdog.tick();
        pass(7);
        answer();
        pass(13);
        watchdog.tick();
        assertThat(delaySeconds()).isEqualTo(0.007);
        assertThat(stalls()).isZero();
        assertThat(logged.list).isEmpty();
    }

    @Test
    void forgetsTheWorstDelayAfterAMinute() {
        watchdog.tick();
        pass(50);
        answer();
        for (int tick = 0; tick < 4_000; tick++) {
            watchdog.tick();
            answer();
            if (tick == 1_000) {
                assertThat(delaySeconds()).isEqualTo(0.05);
            }
            pass(20);
        }
        assertThat(delaySeconds()).isZero();
    }

    @Test
    void countsAStallOnceAndLogsItsStackWhileItLasts() {
        watchdog.tick();
        answer();
        stall(400);
        assertThat(stalls()).isEqualTo(1);
        assertThat(logged.list).hasSize(1);
        assertThat(logged.list.getFirst().getFormattedMessage())
                .startsWith("media-0 has not answered for 1")
                .contains("LoopWatchdogTest.countsAStallOnce");
        assertThat(delaySeconds()).isGreaterThan(0.3);
    }

    @Test
    void countsEveryStallButLogsOneAMinute() {
        watchdog.tick();
        for (int i = 0; i < 3; i++) {
            answer();
            stall(300);
        }
        assertThat(stalls()).isEqualTo(3);
        assertThat(logged.list).hasSize(1);
        for (int i = 0; i < 3_000; i++) {
            answer();
            stall(20);
        }
        stall(300);
        assertThat(stalls()).isEqualTo(4);
        assertThat(logged.list).hasSize(2);
    }

    @Test
    void countsAStallThatEndedBetweenTwoTicks() {
        watchdog.tick();
        pass(19);
        watchdog.tick();
        pass(95);
        answer();
        watchdog.tick();
        assertThat(stalls()).isEqualTo(1);
    }

    @Test
    void blamesNoLoopWhenTheProcessStoodStill() {
        watchdog.tick();
        pass(5_000);
        watchdog.tick();
        answer();
        pass(20);
        watchdog.tick();
        assertThat(stalls()).isZero();
        assertThat(delaySeconds()).isZero();
    }

    @Test
    void saysWhenALoopGetsNoProcessor() throws Exception {
        Thread idle = Thread.ofPlatform().daemon().start(LockSupport::park);
        while (idle.getState() != Thread.State.WAITING) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        WatchedLoop woken = new WatchedLoop("web-0", _ -> {}, nowNs);
        woken.runsOn(idle);
        woken.tick(nowNs, () -> nowNs);
        woken.tick(nowNs + 150 * MS, () -> nowNs);
        idle.interrupt();
        assertThat(logged.list.getFirst().getFormattedMessage())
                .isEqualTo("web-0 has not answered for 150 ms; it has nothing to do, but gets no processor");
        assertThat(woken.stalls()).isEqualTo(1);
    }

    @Test
    void doesNotMindALoopThatWasShutDown() {
        watchdog.watch(
                "web-0",
                _ -> {
                    throw new RejectedExecutionException("over");
                },
                registry);
        stall(1_000);
        assertThat(registry.get("parley.loop.stalls")
                        .tag("loop", "web-0")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    @DisplayName("hostile G09 a handler that sleeps 500 ms is named within 150 ms; the other loop does not feel it")
    void hostile_G09_aStalledLoopIsNamedAndTheOthersGoOn() throws Exception {
        SfuConfig config = new SfuConfig(0, List.of("127.0.0.1"), List.of(), 2, true);
        PrometheusMeterRegistry figures = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (SfuServer server = SfuServer.start(config)) {
            MicrometerExport.bind(server, figures);
            LoopRef stuck = server.edge().loops().getFirst();
            LoopRef other = server.edge().loops().getLast();
            TimeUnit.MILLISECONDS.sleep(100); // each has answered a probe
            CountDownLatch asleep = new CountDownLatch(1);
            stuck.run(_ -> sleep500(asleep));
            asleep.await();
            long fromNs = System.nanoTime();
            List<Long> roundTripsNs = new ArrayList<>();
            while (System.nanoTime() - fromNs < 450 * MS) {
                roundTripsNs.add(roundTripNs(other));
            }
            assertThat(logged.list)
                    .anySatisfy(event -> assertThat(event.getFormattedMessage())
                            .startsWith("media-0 has not answered for 1")
                            .contains("sleep500"));
            Collections.sort(roundTripsNs);
            assertThat(roundTripsNs).hasSizeGreaterThan(20);
            assertThat(roundTripsNs.get(roundTripsNs.size() * 9 / 10)).isLessThan(50 * MS);
        }
        assertThat(figures.scrape()).containsPattern("parley_loop_stalls_total\\{loop=\"media-0\"} [1-9]");
    }

    private static void sleep500(CountDownLatch asleep) {
        asleep.countDown();
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long roundTripNs(LoopRef loop) throws InterruptedException {
        CountDownLatch back = new CountDownLatch(1);
        long fromNs = System.nanoTime();
        loop.run(_ -> back.countDown());
        back.await();
        TimeUnit.MILLISECONDS.sleep(1);
        return System.nanoTime() - fromNs;
    }
}
