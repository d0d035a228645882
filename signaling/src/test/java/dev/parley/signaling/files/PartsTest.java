package dev.parley.signaling.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final Parts parts = new Parts();

    private static InputStream bytes(Runnable onClose) {
        return new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                onClose.run();
            }
        };
    }

    @Test
    void theNewerOneCutsTheOlderAndWaitsForIt() throws InterruptedException {
        CountDownLatch cut = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Parts.Turn older = parts.take("a", bytes(cut::countDown));
        Thread newer = Thread.ofVirtual().start(() -> {
            try (Parts.Turn turn = parts.take("a", bytes(() -> {}))) {
                assertThat(turn.overtaken()).isFalse();
                second.countDown();
            }
        });
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(older.overtaken()).isTrue();
        assertThat(second.getCount()).isOne();
        older.close();
        newer.join();
        assertThat(second.getCount()).isZero();
        assertThat(parts.writing()).isZero();
    }

    @Test
    void differentUploadsDoNotWait() {
        try (Parts.Turn one = parts.take("a", bytes(() -> {}));
                Parts.Turn two = parts.take("b", bytes(() -> {}))) {
            assertThat(one.overtaken() || two.overtaken()).isFalse();
        }
        assertThat(parts.writing()).isZero();
    }

    @Test
    void oneAtATimeHoweverManyCome() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(Thread.ofVirtual().start(() -> {
                try (Parts.Turn _ = parts.take("a", bytes(() -> {}))) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(most).hasValue(1);
        assertThat(parts.writing()).isZero();
    }
}
