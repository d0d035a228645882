package dev.parley.sfu.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk.Skipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReassemblyQueueTest {
    private static final int LIMIT = 1_000_000;
    private static final int STREAMS = 8;
    private static final long FIRST = 1L << 32;

    private static ReassemblyQueue queue(boolean interleaved) {
        return new ReassemblyQueue(interleaved, LIMIT, 100_000, STREAMS);
    }

    /// Messages of several streams, cut to pieces and shuffled: each comes once and whole, ordered ones in order.
    @Test
    void putsShuffledFragmentsTogether() {
        Fuzz.random(2_000, random -> {
            boolean interleaved = random.nextBoolean();
            List<DataChunk> chunks = cut(random, interleaved);
            Collections.shuffle(chunks, new Random(random.nextLong()));
            ReassemblyQueue queue = queue(interleaved);
            List<List<Integer>> ordered = new ArrayList<>();
            List<Integer> unordered = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                ordered.add(new ArrayList<>());
            }
            for (DataChunk chunk : chunks) {
                assertThat(queue.add(chunk, FIRST + chunk.header().tsn())).isTrue();
                for (@Nullable ReceivedMessage m = queue.poll(); m != null; m = queue.poll()) {
                    assertThat(m.bytes()).containsOnly(m.bytes()[0]);
                    boolean isUnordered = m.ppid() < 0;
                    (isUnordered ? unordered : ordered.get(m.stream())).add(Math.abs(m.ppid()));
                }
            }
            ordered.forEach(numbers -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
            assertThat(unordered).doesNotHaveDuplicates();
            long whole = chunks.stream().filter(c -> c.header().begin()).count();
            assertThat(ordered.stream().mapToInt(List::size).sum() + unordered.size())
                    .isEqualTo((int) whole);
            assertThat(queue.cost()).isZero();
            assertThat(queue.window()).isEqualTo(LIMIT);
        });
    }

    /// Twenty messages with consecutive TSNs; the PPID is the message's place, negative when unordered.
    private static List<DataChunk> cut(SplittableRandom random, boolean interleaved) {
        List<DataChunk> chunks = new ArrayList<>();
        int[] orderedNumbers = new int[STREAMS];
        int[] unorderedNumbers = new int[STREAMS];
        for (int message = 1; message <= 20; message++) {
            boolean unordered = random.nextBoolean();
            int stream = random.nextInt(STREAMS);
            int number = unordered ? unorderedNumbers[stream]++ : orderedNumbers[stream]++;
            int count = 1 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[1 + random.nextInt(9)];
                Arrays.fill(bytes, (byte) message);
                DataHeader header = new DataHeader(
                        interleaved,
                        false,
                        unordered,
                        i == 0,
                        i == count - 1,
                        chunks.size(),
                        stream,
                        number,
                        i,
                        unordered ? -message : message);
                chunks.add(new DataChunk(header, bytes, 0, bytes.length));
            }
        }
        return chunks;
    }

    private static DataChunk fragment(
            boolean interleaved, int tsn, int stream, int number, boolean unordered, boolean begin, boolean end) {
        DataHeader header =
                new DataHeader(interleaved, false, unordered, begin, end, tsn, stream, number, begin ? 0 : 1, 7);
        return new DataChunk(header, new byte[100], 0, 100);
    }

    @Test
    void whatIsGivenUpIsForgottenAndHoldsNothingUp() {
        ReassemblyQueue queue = queue(false);
        queue.add(fragment(false, 0, 1, 0, false, true, false), FIRST);
        queue.add(fragment(false, 2, 1, 1, false, true, true), FIRST + 2);
        queue.add(fragment(false, 3, 2, 0, true, true, false), FIRST + 3);
        assertThat(queue.poll()).isNull();
        queue.skip(new ForwardTsnChunk(false, 1, new Skipped[] {new Skipped(1, false, 0)}), FIRST + 1);
        assertThat(queue.poll()).isNotNull();
        queue.skip(new ForwardTsnChunk(false, 3, new Skipped[0]), FIRST + 3);
        assertThat(queue.cost()).isZero();
    }

    @Test
    void interleavedMessagesAreGivenUpByTheirNumbers() {
        ReassemblyQueue queue = queue(true);
        queue.add(fragment(true, 0, 1, 0, true, true, false), FIRST);
        queue.add(fragment(true, 1, 1, 0, false, true, false), FIRST + 1);
        queue.add(fragment(true, 2, 1, 1, false, true, true), FIRST + 2);
        Skipped[] both = {new Skipped(1, true, 0), new Skipped(1, false, 0)};
        queue.skip(new ForwardTsnChunk(true, 2, both), FIRST + 2);
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.cost()).isZero();
    }

    @Test
    void aStreamThatWasResetBeginsWithZeroAgain() {
        ReassemblyQueue queue = queue(false);
        queue.add(fragment(false, 0, 1, 0, false, true, true), FIRST);
        queue.add(fragment(false, 1, 1, 5, false, true, true), FIRST + 1);
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.poll()).isNull();
        queue.reset(1);
        assertThat(queue.cost()).isZero();
        queue.add(fragment(false, 2, 1, 0, false, true, true), FIRST + 2);
        assertThat(queue.poll()).isNotNull();
    }

    /// 65,536 messages: the 16-bit number wraps.
    @Test
    void numbersWrap() {
        ReassemblyQueue queue = queue(false);
        for (int i = 0; i < 70_000; i++) {
            queue.add(fragment(false, i, 1, i & 0xffff, false, true, true), FIRST + i);
            assertThat(queue.poll()).isNotNull();
        }
    }

    @Test
    void aMessageLongerThanAnnouncedIsNoticed() {
        ReassemblyQueue queue = new ReassemblyQueue(false, LIMIT, 150, STREAMS);
        assertThat(queue.add(fragment(false, 0, 1, 0, false, true, false), FIRST))
                .isTrue();
        assertThat(queue.add(fragment(false, 1, 1, 0, false, false, true), FIRST + 1))
                .isFalse();
    }
}
