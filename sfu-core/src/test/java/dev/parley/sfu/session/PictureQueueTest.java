package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.SfuLevel;
import dev.parley.sfu.bwe.SentKind;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PictureQueueTest {
    private static final long MS = 1_000_000;
    private static final int HEADER = 12;
    private static final int SMALL = 1;
    private static final int LARGE = 2;
    /// A packet takes 10 ms.
    private static final long BPS = 800_000;

    private static final int BYTES = 1000;

    private final Limits limits = Limits.defaults();
    private final Counters counters = new Counters();
    private final PacketPool packets = new PacketPool(1000);
    private final PictureQueue queue = new PictureQueue(limits, counters);
    private long nowNs = 5_000 * MS;
    private long index;

    @AfterEach
    void nothingIsLeft() {
        queue.close();
        assertThat(packets.outstanding()).isZero();
        assertThat(counters.get(SfuLevel.PAUSED_VIDEOS)).isZero();
    }

    private Packet packet(int ssrc, int timestamp, boolean marker) {
        Packet packet = packets.take();
        packet.length(BYTES);
        packet.u8(0, 0x80);
        packet.u8(1, 96);
        Rtp.marker(packet, marker);
        Rtp.timestamp(packet, timestamp);
        Rtp.ssrc(packet, ssrc);
        return packet;
    }

    private boolean add(Packet packet, SentKind kind) {
        Waiting place = queue.place(packet);
        place.kind = kind;
        place.index = index++;
        place.bytes = packet.length();
        place.headerLength = HEADER;
        boolean added = queue.add(place);
        if (!added) {
            packet.release();
        }
        return added;
    }

    /// @return false when it was not taken
    private boolean picture(int ssrc, int timestamp, int count) {
        for (int i = 0; i < count; i++) {
            if (!queue.takes(ssrc, BPS, nowNs)) {
                return false;
            }
            add(packet(ssrc, timestamp, i == count - 1), SentKind.VIDEO);
        }
        return true;
    }

    private Waiting leave() {
        Waiting next = queue.poll();
        next.packet.release();
        queue.done(next);
        return next;
    }

    private List<Integer> leaveAll() {
        List<Integer> sizes = new ArrayList<>();
        while (!queue.isEmpty()) {
            sizes.add(leave().bytes);
        }
        return sizes;
    }

    @Test
    void whatWasAskedForAgainLeavesFirst() {
        picture(SMALL, 1, 1);
        add(packet(7, 0, false), SentKind.RTX);
        assertThat(leave().ssrc()).isEqualTo(7);
        assertThat(leave().ssrc()).isEqualTo(SMALL);
        assertThat(queue.first()).isNull();
        assertThat(queue.bytes()).isZero();
    }

    /// However much one picture has, it is sent, and those behind it follow.
    @Test
    void theFirstPictureDoesNotCount() {
        assertThat(picture(LARGE, 1, 200)).isTrue();
        assertThat(picture(LARGE, 2, 40)).isTrue();
        assertThat(leaveAll()).hasSize(240).containsOnly(BYTES);
    }

    @Test
    void theStreamWithTheMostBytesPausesWhenTooMuchWaits() {
        picture(SMALL, 1, 1);
        picture(SMALL, 2, 2);
        for (int i = 0; i < 9; i++) {
            assertThat(picture(LARGE, i, 6)).isTrue();
        }
        assertThat(queue.takes(SMALL, BPS, nowNs)).isTrue();
        assertThat(picture(LARGE, 9, 6)).isFalse();
        assertThat(counters.get(SfuLevel.PAUSED_VIDEOS)).isEqualTo(1);
        assertThat(counters.get(SfuCounter.OVER_BUDGET)).isEqualTo(54);
        assertThat(counters.get(SfuCounter.LIMIT_SEND_QUEUE)).isEqualTo(1);
        assertThat(picture(SMALL, 3, 2)).isTrue();
        List<Integer> sizes = leaveAll();
        assertThat(sizes).as("numbers stay continuous").hasSize(59);
        assertThat(sizes.stream().filter(size -> size == BYTES)).hasSize(5);
        assertThat(sizes.stream().filter(size -> size == HEADER)).hasSize(54);
    }

    @Test
    void aPictureThatHasBegunLeavesAsAWhole() {
        picture(LARGE, 1, 4);
        leave();
        picture(LARGE, 2, 60);
        assertThat(picture(LARGE, 3, 1)).isFalse();
        List<Integer> sizes = leaveAll();
        assertThat(sizes.subList(0, 3)).containsOnly(BYTES);
        assertThat(sizes.subList(3, 63)).containsOnly(HEADER);
    }

    @Test
    void aPictureOfWhichSomeWasTakenIsTakenAsAWhole() {
        picture(SMALL, 1, 1);
        assertThat(picture(LARGE, 2, 100)).isTrue();
        assertThat(picture(LARGE, 3, 1)).isFalse();
    }

    @Test
    void streamsComeBackOneAfterTheOtherWhenLittleWaits() {
        for (int ssrc : new int[] {3, 4}) {
            picture(ssrc, 1, 1);
            picture(ssrc, 2, 60);
            assertThat(picture(ssrc, 3, 1)).isFalse();
        }
        picture(5, 4, 60);
        nowNs += 600 * MS;
        assertThat(queue.takes(3, BPS, nowNs)).as("much waits").isFalse();
        leaveAll();
        assertThat(queue.takes(3, BPS, nowNs)).isTrue();
        assertThat(queue.takes(4, BPS, nowNs)).as("the first one's key frame").isFalse();
        nowNs += 500 * MS;
        assertThat(queue.takes(4, BPS, nowNs)).isTrue();
        assertThat(counters.get(SfuLevel.PAUSED_VIDEOS)).isZero();
    }

    @Test
    void pausesAreLongerEachTime() {
        long[] lasts = new long[3];
        for (int i = 0; i < lasts.length; i++) {
            picture(SMALL, 10 * i, 1);
            picture(SMALL, 10 * i + 1, 60);
            long fromNs = nowNs;
            assertThat(picture(SMALL, 10 * i + 2, 1)).isFalse();
            leaveAll();
            while (!queue.takes(SMALL, BPS, nowNs)) {
                nowNs += 10 * MS;
            }
            lasts[i] = nowNs - fromNs;
        }
        assertThat(lasts).containsExactly(500 * MS, 1000 * MS, 2000 * MS);
    }

    @Test
    void takesNoMoreBytesThanTheLimit() {
        int fits = limits.sendQueueBytes() / BYTES;
        assertThat(picture(LARGE, 1, fits + 1)).isTrue();
        assertThat(queue.takes(LARGE, BPS, nowNs)).isFalse();
        assertThat(queue.bytes()).as("nothing of it had left").isLessThan((fits + 1) * HEADER + 1);
        for (int i = 0; i < fits; i++) {
            add(packet(7, 0, false), SentKind.RTX);
        }
        assertThat(add(packet(7, 0, false), SentKind.RTX)).isFalse();
        assertThat(queue.bytes()).isLessThanOrEqualTo(limits.sendQueueBytes());
    }

    @Test
    void whoeverKeptWhatIsGivenBackFindsNothingInIt() {
        Packet kept = packet(SMALL, 1, true);
        kept.retain();
        add(kept, SentKind.VIDEO);
        assertThat(queue.holds(kept)).isTrue();
        queue.close();
        assertThat(queue.holds(kept)).isFalse();
        assertThat(kept.length()).isZero();
        kept.release();
    }
}
