package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamLinkTest {
    private static final long MS = 1_000_000;
    private static final LinkConfig DELAYED = LinkConfig.perfect().withDelayMs(30);
    private static final int ENDLESS = Integer.MAX_VALUE;

    /// One who writes and keeps what arrives.
    private static final class Stream {
        final StreamLink link;
        final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
        final List<Long> delaysNs = new ArrayList<>();
        long lastNs = Long.MIN_VALUE;
        long nowNs;

        Stream(LinkConfig config, int bufferBytes, long seed) {
            link = new StreamLink(config, config.delayNs(), bufferBytes, seed);
        }

        int write(byte[] bytes) {
            return link.write(bytes, 0, bytes.length, nowNs, (segment, atNs) -> {
                assertThat(segment.length).isBetween(1, StreamLink.SEGMENT_BYTES);
                assertThat(atNs).isGreaterThanOrEqualTo(lastNs);
                lastNs = atNs;
                arrived.writeBytes(segment);
                delaysNs.add(atNs - nowNs);
            });
        }

        Stream segments(int count, long everyNs) {
            for (int i = 0; i < count; i++) {
                write(new byte[1000]);
                nowNs += everyNs;
            }
            return this;
        }
    }

    @Test
    void aGoodLinkTakesItsDelayAndNothingElse() {
        assertThat(new Stream(DELAYED, ENDLESS, 1).segments(100, MS).delaysNs)
                .hasSize(100)
                .containsOnly(30 * MS);
    }

    @Test
    void bytesArriveAllAndInOrderWhateverIsLost() {
        Fuzz.random(300, random -> {
            LinkConfig config = DELAYED.withJitterMs(random.nextInt(20))
                    .withLoss(random.nextDouble(0.5), 1 + random.nextInt(4))
                    .withRate(random.nextInt(3) * 1_000_000L, 100);
            Stream stream = new Stream(config, 1 + random.nextInt(100_000), random.nextLong());
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            for (int i = 0; i < 100; i++) {
                byte[] bytes = noise(random);
                taken.write(bytes, 0, stream.write(bytes));
                stream.nowNs += random.nextLong(20 * MS);
            }
            assertThat(stream.arrived.toByteArray()).isEqualTo(taken.toByteArray());
        });
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void aLostSegmentHoldsWhatFollowsForTwoHundredMilliseconds() {
        Fuzz.seeds(20, seed -> {
            Stream stream = new Stream(DELAYED.withLoss(0.01), ENDLESS, seed);
            long freeNs = Long.MIN_VALUE;
            for (int i = 0; i < 2_000; i++) {
                long lost = stream.link.lost();
                long sentNs = stream.nowNs;
                stream.segments(1, 5 * MS);
                long aloneNs = sentNs + 30 * MS + (stream.link.lost() - lost) * 200 * MS;
                freeNs = Math.max(freeNs, aloneNs);
                assertThat(stream.lastNs).isEqualTo(freeNs);
            }
            assertThat(stream.link.lost()).isPositive();
        });
    }

    @Test
    void aLongRoundTripHoldsForItsOwnLength() {
        Stream stream = new Stream(LinkConfig.perfect().withDelayMs(150).withLoss(0.3), ENDLESS, 1).segments(1, MS);
        while (stream.link.lost() == 0) {
            stream.nowNs += 10_000 * MS;
            stream.segments(1, MS);
        }
        assertThat(stream.delaysNs.getLast()).isEqualTo((150 + stream.link.lost() * 300) * MS);
    }

    @Test
    void losesTheConfiguredShare() {
        Fuzz.seeds(10, seed -> {
            Stream stream = new Stream(DELAYED.withLoss(0.05), ENDLESS, seed).segments(20_000, MS);
            assertThat(stream.link.lost() / 20_000.0).isCloseTo(0.05 / 0.95, within(0.006));
        });
    }

    @Test
    void carriesNoMoreThanTheRate() {
        Stream stream = new Stream(DELAYED.withRate(1_000_000, 100), ENDLESS, 1);
        stream.write(new byte[125_000]);
        assertThat(stream.lastNs).isCloseTo(1_030 * MS, within(MS));
    }

    @Test
    void holdsWhatIsNotAcknowledgedAndTakesNoMoreThanItsBuffer() {
        Stream stream = new Stream(DELAYED, 10_000, 1);
        assertThat(stream.link.roomNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(stream.write(new byte[8_000])).isEqualTo(8_000);
        assertThat(stream.write(new byte[8_000])).isEqualTo(2_000);
        assertThat(stream.write(new byte[1])).isZero();
        assertThat(stream.link.roomNs()).isEqualTo(60 * MS);
        stream.nowNs = 60 * MS;
        assertThat(stream.link.bufferedBytes(stream.nowNs)).isZero();
        assertThat(stream.write(new byte[8_000])).isEqualTo(8_000);
    }
}
