package dev.parley.sfu.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final long NOW = 1_000;

    private final List<Integer> low = new ArrayList<>();
    private final SendQueue queue = new SendQueue(100_000, low::add);

    private OutgoingMessage add(int stream, int bytes, long expiresNs) {
        OutgoingMessage message =
                new OutgoingMessage(stream, 53, Payload.of(new byte[bytes]), false, OutgoingMessage.ENDLESS, expiresNs);
        assertThat(queue.add(message, NOW)).isTrue();
        return message;
    }

    private OutgoingMessage add(int stream, int bytes) {
        return add(stream, bytes, Deadlines.NEVER);
    }

    /// The streams whose turn it is, fragment by fragment of 100 bytes.
    private List<Integer> turns(int count) {
        List<Integer> streams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OutgoingMessage head = queue.next(NOW);
            if (head == null) {
                break;
            }
            streams.add(head.stream);
            queue.sent(head, Math.min(100, head.unsentBytes()));
        }
        return streams;
    }

    @Test
    void streamsTakeTurnsByMessage() {
        for (int i = 0; i < 2; i++) {
            add(1, 100);
            add(2, 100);
            add(3, 100);
        }
        assertThat(turns(9)).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void aMessageThatHasBegunIsSentToItsEnd() {
        add(1, 300);
        add(2, 100);
        assertThat(turns(9)).containsExactly(1, 1, 1, 2);
    }

    @Test
    void interleavedMessagesTakeTurnsByFragment() {
        queue.interleaved(true);
        add(1, 300);
        add(2, 200);
        assertThat(turns(9)).containsExactly(1, 2, 1, 2, 1);
    }

    @Test
    void sharesAreAsPriorities() {
        queue.interleaved(true);
        queue.priority(1, 128);
        queue.priority(2, 512);
        add(1, 10_000);
        add(2, 10_000);
        List<Integer> turns = turns(100);
        assertThat(turns.stream().filter(stream -> stream == 2).count()).isBetween(78L, 82L);
    }

    /// Whoever was silent does not catch up.
    @Test
    void silenceEarnsNothing() {
        queue.interleaved(true);
        add(1, 2_000);
        turns(15);
        add(2, 1_000);
        assertThat(turns(6))
                .containsOnly(1, 2)
                .filteredOn(stream -> stream == 1)
                .hasSize(3);
    }

    @Test
    void takesNoMoreThanTheLimit() {
        add(1, 90_000);
        OutgoingMessage more = new OutgoingMessage(
                1, 53, Payload.of(new byte[10_000]), false, OutgoingMessage.ENDLESS, Deadlines.NEVER);
        assertThat(queue.add(more, NOW)).isFalse();
    }

    @Test
    void emptyMessagesCostSomethingToo() {
        int count = 0;
        while (queue.add(new OutgoingMessage(1, 53, Payload.of(new byte[1]), false, 0, Deadlines.NEVER), NOW)) {
            count++;
        }
        assertThat(count).isLessThan(1_000);
    }

    @Test
    void whatExpiredMakesRoom() {
        add(1, 50_000, NOW);
        add(2, 40_000, NOW);
        add(1, 90_000);
        assertThat(queue.unsentBytes()).isEqualTo(90_000);
        assertThat(turns(1)).containsExactly(1);
    }

    @Test
    void tellsWhenAWatchedStreamFallsToItsThreshold() {
        queue.lowThreshold(1, 150);
        add(1, 300);
        add(2, 300);
        turns(1);
        assertThat(low).isEmpty();
        turns(5);
        assertThat(low).containsExactly(1);
    }

    @Test
    void numbersBeginAgainAfterAReset() {
        OutgoingMessage first = add(1, 100);
        turns(1);
        OutgoingMessage second = add(1, 100);
        turns(1);
        queue.reset(1);
        OutgoingMessage third = add(1, 100);
        turns(1);
        assertThat(List.of(first.number, second.number, third.number)).containsExactly(0, 1, 0);
    }
}
