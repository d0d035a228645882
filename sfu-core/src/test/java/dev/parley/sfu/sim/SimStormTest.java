package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.rtp.synthetic.Wire;
import dev.parley.sfu.session.Section;
import dev.parley.sfu.synthetic.Publishing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Viewers that ask without end, in a whole room: what reaches the publisher, and what comes back to them.
final class SimStormTest {
    private static final long MS = 1_000_000;
    private static final int SECONDS = 5;
    private static final int NACKED = 20;

    private final SimCall call = new SimCall(5, SimCall.GOOD);
    private final SimBrowser alice = call.join(Publishing.page());

    private static void say(SimBrowser viewer, Consumer<RtcpWriter> what) {
        viewer.client().loop().post(() -> {
            Packet packet = viewer.client().loop().packets().take();
            what.accept(new RtcpWriter(packet, 1_200));
            viewer.client().sendRtcp(packet);
        });
    }

    private int pictureAt(SimBrowser viewer) {
        return viewer.ssrcOf(alice.slotAt(viewer, TrackSource.CAMERA), true);
    }

    @Test
    @DisplayName(
            "hostile C06 one viewer asks for 1,000 key frames a second, thirty more all at once: one in 500 ms arrives")
    void hostile_C06_aStormInARoom() {
        List<SimBrowser> viewers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            viewers.add(call.join(Publishing.nothing()));
        }
        call.run(3);
        int[] pictures = viewers.stream().mapToInt(this::pictureAt).toArray();
        int before = alice.publisher().keyFrameRequests();
        for (int ms = 0; ms < SECONDS * 1_000; ms++) {
            say(viewers.getFirst(), writer -> writer.pli(1, pictures[0]));
            for (int i = 0; ms % 1_000 == 0 && i < pictures.length; i++) {
                int ssrc = pictures[i];
                say(viewers.get(i), writer -> writer.fir(1, ssrc, 1));
            }
            call.simulation().run(MS);
        }
        assertThat(call.server().count(SfuCounter.KEY_FRAME_REQUESTS_IN)).isGreaterThan(SECONDS);
        assertThat(alice.publisher().keyFrameRequests() - before).isBetween(SECONDS, 2 * SECONDS + 1);
        call.end();
    }

    /// What one viewer was sent, by whether it was for the first time.
    private static final class Sent {
        private record Datagram(long atNs, int bytes) {}

        private final ArrayDeque<Datagram> media = new ArrayDeque<>();
        private final ArrayDeque<Datagram> again = new ArrayDeque<>();
        private long againBytes;
        private double worstShare;

        void media(long nowNs, int bytes) {
            media.add(new Datagram(nowNs, bytes));
        }

        void again(long nowNs, int bytes, int few) {
            again.add(new Datagram(nowNs, bytes));
            againBytes += bytes;
            if (lately(again, nowNs) && again.size() > few && lately(media, nowNs)) {
                worstShare = Math.max(worstShare, (double) sum(again) / sum(media));
            }
        }

        private static boolean lately(ArrayDeque<Datagram> all, long nowNs) {
            while (!all.isEmpty() && all.getFirst().atNs <= nowNs - SimCall.SECOND_NS) {
                all.removeFirst();
            }
            return !all.isEmpty();
        }

        private static long sum(ArrayDeque<Datagram> all) {
            return all.stream().mapToLong(Datagram::bytes).sum();
        }
    }

    @Test
    @DisplayName(
            "hostile C07 a viewer that asks for each packet 20 times is sent no more than a fifth again, others nothing")
    void hostile_C07_aStormInARoom() {
        SimBrowser mallory = call.join(Publishing.nothing());
        SimBrowser bob = call.join(Publishing.nothing());
        call.run(3);
        Section picture = section(mallory, pictureAt(mallory));
        int ssrc = picture.offeredSources().getFirst().ssrc();
        int rtx = picture.offeredSources().getFirst().rtxSsrc();
        Sent sent = new Sent();
        int[] last = new int[1];
        mallory.client().net().tap((datagram, up) -> {
            if (!up && Wire.isRtp(datagram) && Wire.ssrc(datagram) == rtx) {
                sent.again(call.nowNs(), datagram.length, call.limits().repairsPerSecondMin());
            } else if (!up && Wire.isRtp(datagram)) {
                sent.media(call.nowNs(), datagram.length);
                last[0] = Wire.ssrc(datagram) == ssrc ? Wire.sequence(datagram) : last[0];
            }
        });
        call.run(1);
        long before = bob.receiver().packets();
        for (int i = 0; i < SECONDS * 100; i++) {
            int[] seqs = new int[NACKED];
            Arrays.setAll(seqs, back -> last[0] - NACKED + 1 + back & 0xffff);
            Arrays.sort(seqs);
            say(mallory, writer -> writer.nack(1, ssrc, seqs, NACKED));
            call.simulation().run(10 * MS);
        }
        assertThat(sent.againBytes).as("it gets something").isPositive();
        assertThat(sent.worstShare).isBetween(0.1, 0.2);
        assertThat(call.server().count(SfuCounter.LIMIT_NACKS)).isGreaterThan(100);
        assertThat(bob.receiver().packets() - before).as("bob sees the picture").isGreaterThan(SECONDS * 50L);
        call.end();
    }

    private static Section section(SimBrowser viewer, int ssrc) {
        for (Section section : viewer.receivingSections()) {
            if (section.offeredSources().getFirst().ssrc() == ssrc) {
                return section;
            }
        }
        throw new AssertionError("no section of " + ssrc);
    }
}
