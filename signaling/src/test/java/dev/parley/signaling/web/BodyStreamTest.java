package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.netsim.Fuzz;
import dev.parley.signaling.model.BodyException;
import dev.parley.signaling.model.BodyException.Kind;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
    private final AtomicInteger hungry = new AtomicInteger();
    private final BodyStream stream = new BodyStream(hungry::incrementAndGet);

    private void give(int length) {
        stream.give(Unpooled.wrappedBuffer(new byte[length]));
    }

    @Test
    void bytesComeOutAsTheyWereGiven() throws Exception {
        SplittableRandom random = new SplittableRandom(Fuzz.seed());
        byte[] all = new byte[500_000];
        random.nextBytes(all);
        Thread giver = Thread.ofVirtual().start(() -> {
            for (int at = 0; at < all.length; ) {
                while (stream.hasEnough()) {
                    Thread.yield();
                }
                int next = Math.min(all.length, at + 1 + random.nextInt(20_000));
                stream.give(Unpooled.wrappedBuffer(Arrays.copyOfRange(all, at, next)));
                at = next;
            }
            stream.end();
        });
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        stream.transferTo(read);
        giver.join();
        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    void saysWhenItHasEnoughAndWhenThereIsRoomAgain() throws IOException {
        give(BodyStream.ENOUGH_BYTES - 1);
        assertThat(stream.hasEnough()).isFalse();
        give(1);
        assertThat(stream.hasEnough()).isTrue();
        assertThat(stream.read()).isZero();
        assertThat(hungry).hasValue(1);
        assertThat(stream.hasEnough()).isFalse();
        stream.readNBytes(1_000);
        assertThat(hungry).hasValue(1);
    }

    @Test
    void whatCameBeforeACutIsRead() throws IOException {
        give(10);
        stream.fail(Kind.TOO_SLOW);
        give(10); // too late
        assertThat(stream.readNBytes(10)).hasSize(10);
        assertThatThrownBy(stream::read)
                .isInstanceOfSatisfying(
                        BodyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_SLOW));
    }

    @Test
    void whatHasEndedCannotBeCut() throws IOException {
        give(10);
        stream.end();
        stream.fail(Kind.CUT);
        assertThat(stream.readAllBytes()).hasSize(10);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void closingWakesWhoReads() throws InterruptedException {
        AtomicInteger cut = new AtomicInteger();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                stream.read();
            } catch (BodyException e) {
                cut.incrementAndGet();
            }
        });
        stream.close();
        reader.join();
        assertThat(cut).hasValue(1);
    }
}
