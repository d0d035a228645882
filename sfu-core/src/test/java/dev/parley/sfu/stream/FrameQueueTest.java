package dev.parley.sfu.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private static final Limits LIMITS = Limits.defaults();
    private static final long MS = 1_000_000;
    private static final int ALICE = 100;
    private static final int BOB = 200;

    private final PacketPool pool = new PacketPool(1024);
    private final Counters counters = new Counters();
    private final FrameQueue queue = new FrameQueue(LIMITS, counters);
    private long nowNs = 3_600_000 * MS;

    @AfterEach
    void everyPacketIsBack() {
        queue.close();
        assertThat(pool.outstanding()).isZero();
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void answersGoBeforeVoicesAndVoicesBeforePictures() {
        picture(ALICE, 1, 0, 100);
        voice(1);
        control(30);
        picture(BOB, 1, 0, 100);
        voice(2);
        assertThat(queue.bytes()).isEqualTo(102 + 82 + 32 + 102 + 82);
        assertThat(left()).containsExactly("control", "voice 1", "voice 2", "100/1/0", "200/1/0");
    }

    @Test
    void holdsNoMoreBytesThanTheLimit() {
        for (int frame = 0; frame < 100; frame++) {
            for (int part = 0; part < 5; part++) {
                picture(ALICE, frame, part, 1200);
                assertThat(queue.bytes()).isLessThanOrEqualTo(LIMITS.tcpQueueBytes());
            }
            voice(frame);
        }
        assertThat(counters.get(SfuCounter.TCP_VIDEO)).isPositive();
        assertThat(counters.get(SfuCounter.TCP_AUDIO)).isZero();
    }

    @Test
    void holdsNoMorePacketsThanTheLimit() {
        for (int i = 0; i < 2 * LIMITS.tcpQueuePackets(); i++) {
            control(1);
        }
        assertThat(queue.packets()).isEqualTo(LIMITS.tcpQueuePackets());
        assertThat(counters.get(SfuCounter.TCP_CONTROL)).isEqualTo(LIMITS.tcpQueuePackets());
    }

    @Test
    void dropsWhatHasWaitedTooLong() {
        picture(ALICE, 1, 0, 100);
        voice(1);
        control(30);
        nowNs += LIMITS.tcpQueueNs();
        voice(2);
        nowNs += 1;
        assertThat(left()).containsExactly("control", "voice 2");
        assertThat(counters.get(SfuCounter.TCP_VIDEO)).isEqualTo(1);
        assertThat(counters.get(SfuCounter.TCP_AUDIO)).isEqualTo(1);
    }

    @Test
    void theStreamWithTheMostBytesGivesWay() {
        fill(ALICE, 40);
        fill(BOB, LIMITS.tcpQueueBytes() / 1200 - 41);
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
        picture(ALICE, 999, 0, 1200);
        picture(ALICE, 999, 1, 1200);
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
        assertThat(queue.takes(BOB, nowNs)).isFalse();
        assertThat(left()).hasSize(42).allMatch(packet -> packet.startsWith("100/"));
    }

    @Test
    void aFrameThatHasBegunIsFinished() {
        picture(ALICE, 1, 0, 1200);
        picture(ALICE, 1, 1, 1200);
        poll();
        fill(ALICE, LIMITS.tcpQueueBytes() / 1200 + 1);
        assertThat(queue.takes(ALICE, nowNs)).isFalse();
        picture(ALICE, 1, 2, 1200);
        assertThat(left()).containsExactly("100/1/1", "100/1/2");
    }

    @Test
    void aStreamThatWasCutComesBackWhenLittleWaits() {
        fill(ALICE, LIMITS.tcpQueueBytes() / 1200 + 1);
        assertThat(queue.takes(ALICE, nowNs)).isFalse();
        nowNs += 499 * MS;
        assertThat(queue.takes(ALICE, nowNs)).isFalse();
        nowNs += MS;
        fill(BOB, LIMITS.tcpQueueBytes() / 1200 / 8 + 1);
        assertThat(queue.takes(ALICE, nowNs)).isFalse();
        left();
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
        picture(ALICE, 2_000, 0, 1200);
        assertThat(left()).containsExactly("100/2000/0");
    }

    private long paused() {
        return counters.get(SfuLevel.PAUSED_VIDEOS);
    }

    @Test
    void saysHowManyStreamsArePausedWhoseSourceGoesOn() {
        fill(ALICE, 10);
        fill(BOB, LIMITS.tcpQueueBytes() / 1200);
        assertThat(queue.takes(BOB, nowNs)).isFalse();
        assertThat(paused()).isEqualTo(1);
        left();
        nowNs += 500 * MS;
        assertThat(queue.takes(BOB, nowNs)).isTrue();
        assertThat(paused()).isZero();
        cutAlice();
        assertThat(paused()).isEqualTo(1);
        nowNs += 2_000 * MS;
        voice(1);
        assertThat(paused()).as("its source is gone").isZero();
        cutAlice();
        assertThat(paused()).isEqualTo(1);
        queue.close();
        assertThat(paused()).as("the connection is gone").isZero();
    }

    @Test
    void aStreamThatIsCutAgainPausesLongerUntilItWentWellForAWhile() {
        for (long pauseMs : new long[] {500, 1000, 2000, 4000, 4000}) {
            cutAlice();
            nowNs += (pauseMs - 1) * MS;
            assertThat(queue.takes(ALICE, nowNs)).isFalse();
            nowNs += MS;
            assertThat(queue.takes(ALICE, nowNs)).isTrue();
        }
        nowNs += 11_000 * MS;
        cutAlice();
        nowNs += 500 * MS;
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
    }

    @Test
    void oneGivesWayEarlySoThatNotAllHaveToLater() {
        picture(ALICE, 1, 0, 1000);
        picture(BOB, 1, 0, 1200);
        nowNs += LIMITS.tcpQueueNs() / 2 + 1;
        picture(ALICE, 2, 0, 1000);
        picture(ALICE, 3, 0, 1000);
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
        assertThat(queue.takes(BOB, nowNs)).isFalse();
        assertThat(left()).containsExactly("100/1/0", "100/2/0", "100/3/0");
    }

    @Test
    void streamsComeBackOneAfterTheOther() {
        picture(ALICE, 1, 0, 100);
        picture(BOB, 1, 0, 100);
        nowNs += LIMITS.tcpQueueNs() + 1;
        assertThat(left()).isEmpty();
        nowNs += 500 * MS;
        assertThat(queue.takes(ALICE, nowNs)).isTrue();
        assertThat(queue.takes(BOB, nowNs)).isFalse();
        nowNs += 500 * MS;
        assertThat(queue.takes(BOB, nowNs)).isTrue();
    }

    private void cutAlice() {
        fill(ALICE, LIMITS.tcpQueueBytes() / 1200 + 1);
        assertThat(queue.takes(ALICE, nowNs)).isFalse();
        left();
    }

    @Test
    void voicesGoLastTheOldestFirst() {
        fill(ALICE, 100);
        int voices = LIMITS.tcpQueuePackets() + 3;
        for (int i = 0; i < voices; i++) {
            voice(i);
        }
        assertThat(counters.get(SfuCounter.TCP_VIDEO)).isEqualTo(100);
        assertThat(left()).hasSize(LIMITS.tcpQueuePackets()).startsWith("voice 3");
    }

    /// Any traffic, any pace of the connection: limits hold, no frame leaves in part unless its rest became too old,
    /// and
    /// each stream's packets leave in their order.
    @Test
    void framesLeaveWholeOrNotAtAll() {
        Fuzz.random(2_000, random -> new Traffic(random).run());
    }

    private final class Traffic {
        private final SplittableRandom random;
        private final FrameQueue tested = new FrameQueue(LIMITS, new Counters());
        private final Map<String, Integer> whole = new HashMap<>();
        private final Map<String, Integer> gone = new HashMap<>();
        private final Map<Integer, Long> lastGone = new HashMap<>();
        private final int[] frames = new int[4];
        private final int[] parts = new int[4];
        private final int[] lengths = new int[4];
        private final int pace;

        /// All within the time that anything may wait; else each frame that has begun to leave does so at once.
        private final boolean quick;

        Traffic(SplittableRandom random) {
            this.random = random;
            this.pace = 1 + random.nextInt(5);
            this.quick = random.nextBoolean();
        }

        void run() {
            for (int i = 0; i < 900; i++) {
                nowNs += quick ? LIMITS.tcpQueueNs() / 1000 : random.nextLong(random.nextInt(50) == 0 ? 150 * MS : MS);
                step();
                assertThat(tested.bytes()).isBetween(0, LIMITS.tcpQueueBytes());
                assertThat(tested.packets()).isBetween(0, LIMITS.tcpQueuePackets());
            }
            for (int stream = 0; stream < frames.length; stream++) {
                while (parts[stream] < lengths[stream]) {
                    part(stream);
                }
            }
            while (!tested.isEmpty()) {
                leave();
            }
            gone.forEach((frame, count) -> assertThat(count)
                    .as("parts of %s that left, of %s", frame, whole.get(frame))
                    .isEqualTo(whole.get(frame)));
        }

        private void step() {
            int what = random.nextInt(12);
            if (what == 0) {
                tested.add(voicePacket(7), nowNs);
            } else if (what == 1) {
                tested.add(pool.take(new byte[50]), nowNs);
            } else if (random.nextInt(10) < pace) {
                leave();
            } else {
                int stream = random.nextInt(frames.length);
                do {
                    part(stream);
                } while (!quick && parts[stream] < lengths[stream]);
            }
        }

        private void part(int stream) {
            if (parts[stream] == lengths[stream]) {
                frames[stream]++;
                parts[stream] = 0;
                lengths[stream] = 1 + random.nextInt(12);
                whole.put(stream + "/" + frames[stream], lengths[stream]);
            }
            tested.add(picturePacket(stream, frames[stream], parts[stream]++, 400 + random.nextInt(1500)), nowNs);
        }

        private void leave() {
            Packet packet = tested.poll(nowNs);
            if (packet != null && packet.media() == MediaKind.VIDEO) {
                String frame = left(packet);
                while (!quick && gone.getOrDefault(frame, 0) < whole.getOrDefault(frame, 0)) {
                    left(Objects.requireNonNull(tested.poll(nowNs), "the rest of a frame"));
                }
            } else if (packet != null) {
                packet.release();
            }
        }

        private String left(Packet packet) {
            int stream = Picture.ssrcOf(packet);
            int frame = Picture.timestampOf(packet);
            long order = (long) frame << 16 | packet.u16(2);
            assertThat(order).isGreaterThan(lastGone.getOrDefault(stream, -1L));
            lastGone.put(stream, order);
            gone.merge(stream + "/" + frame, 1, Integer::sum);
            packet.release();
            return stream + "/" + frame;
        }
    }

    private void fill(int ssrc, int packets) {
        for (int i = 0; i < packets; i++) {
            picture(ssrc, 1000 + i, 0, 1198);
        }
    }

    private void picture(int ssrc, int timestamp, int part, int length) {
        queue.add(picturePacket(ssrc, timestamp, part, length), nowNs);
    }

    private Packet picturePacket(int ssrc, int timestamp, int part, int length) {
        Packet packet = pool.take(new byte[length]);
        packet.media(MediaKind.VIDEO);
        packet.u16(2, part);
        packet.i32(4, timestamp);
        packet.i32(8, ssrc);
        return packet;
    }

    private void voice(int number) {
        queue.add(voicePacket(number), nowNs);
    }

    private Packet voicePacket(int number) {
        Packet packet = pool.take(new byte[80]);
        packet.media(MediaKind.AUDIO);
        packet.i32(4, number);
        return packet;
    }

    private void control(int length) {
        queue.add(pool.take(new byte[length]), nowNs);
    }

    private String poll() {
        Packet packet = queue.poll(nowNs);
        if (packet == null) {
            return "";
        }
        String what = name(packet);
        packet.release();
        return what;
    }

    private static String name(Packet packet) {
        if (packet.media() == null) {
            return "control";
        }
        return packet.media() == MediaKind.AUDIO
                ? "voice " + Picture.timestampOf(packet)
                : Picture.ssrcOf(packet) + "/" + Picture.timestampOf(packet) + "/" + packet.u16(2);
    }

    private List<String> left() {
        List<String> all = new ArrayList<>();
        for (String next = poll(); !next.isEmpty(); next = poll()) {
            all.add(next);
        }
        return all;
    }
}
