package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MessageQueueTest {
    private static final int BYTES_MAX = 64 * 1024;

    private static Fragment fragment(int messageSeq, byte[] message, int from, int to) {
        WireReader piece = WireReader.of(Arrays.copyOfRange(message, from, to));
        return new Fragment(HandshakeMessage.CERTIFICATE, message.length, messageSeq, from, piece);
    }

    @Test
    void givesOutMessagesInOrderWhateverOrderTheirPiecesCameIn() {
        Fuzz.random(2_000, random -> {
            List<byte[]> messages = new ArrayList<>();
            List<Fragment> pieces = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                byte[] message = new byte[random.nextInt(3_000)];
                random.nextBytes(message);
                messages.add(message);
                cut(message, i + 1, random, pieces);
            }
            Collections.shuffle(pieces, new Random(random.nextLong()));
            MessageQueue queue = new MessageQueue(1, BYTES_MAX);
            List<byte[]> out = new ArrayList<>();
            for (Fragment piece : pieces) {
                assertThat(queue.add(piece)).isNotEqualTo(MessageQueue.Verdict.NONSENSE);
                for (HandshakeMessage done = queue.poll(); done != null; done = queue.poll()) {
                    assertThat(done.messageSeq()).isEqualTo(out.size() + 1);
                    out.add(done.body());
                }
            }
            assertThat(out).containsExactlyElementsOf(messages);
            assertThat(queue.bytes()).isZero();
        });
    }

    private static void cut(byte[] message, int messageSeq, SplittableRandom random, List<Fragment> pieces) {
        int covered = 0;
        do {
            int from = Math.max(0, covered - random.nextInt(50));
            int to = Math.min(message.length, covered + 1 + random.nextInt(1_200));
            pieces.add(fragment(messageSeq, message, from, to));
            covered = to;
        } while (covered < message.length);
    }

    @Test
    void saysWhatIsARepetitionAndWhatIsTooFarAhead() {
        MessageQueue queue = new MessageQueue(0, BYTES_MAX);
        byte[] message = new byte[10];
        assertThat(queue.add(fragment(0, message, 0, 10))).isEqualTo(MessageQueue.Verdict.TAKEN);
        assertThat(Objects.requireNonNull(queue.poll()).body()).hasSize(10);
        assertThat(queue.add(fragment(0, message, 0, 10))).isEqualTo(MessageQueue.Verdict.REPEATED);
        assertThat(queue.add(fragment(9, message, 0, 10))).isEqualTo(MessageQueue.Verdict.NONSENSE);
        assertThat(queue.add(fragment(8, message, 0, 10))).isEqualTo(MessageQueue.Verdict.TAKEN);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void refusesAPieceOfAnotherMessageWithTheSameNumber() {
        MessageQueue queue = new MessageQueue(0, BYTES_MAX);
        queue.add(fragment(0, new byte[10], 0, 5));
        assertThat(queue.add(fragment(0, new byte[11], 5, 11))).isEqualTo(MessageQueue.Verdict.NONSENSE);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void refusesMoreThanItsLimit() {
        MessageQueue queue = new MessageQueue(0, 100);
        assertThat(queue.add(fragment(1, new byte[60], 0, 1))).isEqualTo(MessageQueue.Verdict.TAKEN);
        assertThat(queue.add(fragment(2, new byte[60], 0, 1))).isEqualTo(MessageQueue.Verdict.NONSENSE);
        assertThat(queue.add(fragment(0, new byte[40], 0, 40))).isEqualTo(MessageQueue.Verdict.TAKEN);
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.bytes()).isEqualTo(60);
    }
}
