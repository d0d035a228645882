package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DcepTest {
    private static final int NAME_BYTES_MAX = 100;
    private static final long MS_NS = 1_000_000;

    private static ChannelOptions random(SplittableRandom random) {
        boolean ordered = random.nextBoolean();
        Reliability reliability = switch (random.nextInt(3)) {
            case 0 -> Reliability.reliable(ordered);
            case 1 -> Reliability.retransmits(ordered, random.nextInt(Integer.MAX_VALUE));
            default -> Reliability.lifetime(ordered, random.nextInt(Integer.MAX_VALUE) * MS_NS);
        };
        return new ChannelOptions(name(random), name(random), reliability, random.nextInt(1 << 16));
    }

    private static String name(SplittableRandom random) {
        return "aé漢".repeat(random.nextInt(10));
    }

    @Test
    void whatIsAskedIsUnderstood() {
        Fuzz.random(5_000, random -> {
            ChannelOptions options = random(random);
            assertThat(Dcep.parseOpen(Dcep.open(options), NAME_BYTES_MAX)).isEqualTo(options);
        });
    }

    @Test
    void survivesAnyBytes() {
        Fuzz.bytes(Fuzz.runs(200_000), 300, bytes -> readAgain(bytes));
        List<byte[]> samples = IntStream.range(0, 50)
                .mapToObj(i -> Dcep.open(random(new SplittableRandom(i))))
                .toList();
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> readAgain(bytes));
    }

    /// What was read is asked again and read the same, up to characters that were none and lengths at their limit.
    private static void readAgain(byte[] bytes) {
        ChannelOptions options = Dcep.parseOpen(bytes, NAME_BYTES_MAX);
        if (options != null) {
            assertThat(Dcep.parseOpen(Dcep.open(options), 3 * NAME_BYTES_MAX)).isEqualTo(options);
        }
    }

    @Test
    void namesHaveALimit() {
        ChannelOptions options = ChannelOptions.of("x".repeat(NAME_BYTES_MAX + 1));
        assertThat(Dcep.parseOpen(Dcep.open(options), NAME_BYTES_MAX)).isNull();
    }

    @Test
    void anAnswerIsNoQuestion() {
        assertThat(Dcep.isAck(Dcep.ack())).isTrue();
        assertThat(Dcep.isAck(new byte[0])).isFalse();
        assertThat(Dcep.parseOpen(Dcep.ack(), NAME_BYTES_MAX)).isNull();
    }
}
