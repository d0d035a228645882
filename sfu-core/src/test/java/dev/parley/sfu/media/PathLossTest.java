package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Allocations;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PathLossTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    private final PathLoss loss = new PathLoss();
    private final PacketPool packets = new PacketPool(4);
    private final ArrivalRecorder arrivals = new ArrivalRecorder(1024);
    private int seq;
    private long nowNs = SECOND;

    /// Five packets, some of which are lost, and the viewer's word on them.
    private void step(RandomGenerator random, double share) {
        for (int i = 0; i < 5; i++) {
            nowNs += 20 * MS;
            if (random.nextDouble() >= share) {
                arrivals.record(seq & 0xffff, nowNs);
            }
            seq++;
        }
        Packet packet = packets.take();
        if (arrivals.pending()) {
            arrivals.write(new RtcpWriter(packet, 1200), 1, 2);
            RtcpReader.read(packet, new RtcpVisitor() {
                @Override
                public void transportFeedback(int mediaSsrc, Packet p, int at, int length) {
                    loss.transportFeedback(p, at, length, nowNs);
                }
            });
        }
        packet.release();
    }

    @Test
    void followsTransportWideFeedbackWithinSeconds() {
        Fuzz.random(5, random -> {
            for (double share : new double[] {0, 0.3, 0.05, 0}) {
                double mean = 0;
                for (int i = 0; i < 100; i++) {
                    step(random, share);
                    mean += i < 50 ? 0 : loss.share() / 50;
                }
                assertThat(mean).isCloseTo(share, within(0.06));
            }
        });
    }

    @Test
    void takesReportBlocksWhereThereIsNoFeedback() {
        loss.reported(77, 250, SECOND);
        assertThat(loss.share()).isCloseTo(0.3, within(0.001));
        for (int i = 0; i < 5; i++) {
            loss.reported(0, 250, SECOND);
        }
        assertThat(loss.share()).isLessThan(0.001);
    }

    @Test
    void aReportSaysNothingWhileFeedbackComesAndAllAgainWhenItStops() {
        step(RandomGenerator.getDefault(), 0);
        loss.reported(255, 250, nowNs + SECOND);
        assertThat(loss.share()).isZero();
        loss.reported(255, 250, nowNs + 6 * SECOND);
        assertThat(loss.share()).isGreaterThan(0.5);
    }

    @Test
    void numbersThatJumpSayNothing() {
        loss.reported(255, 1 << 20, 0);
        loss.reported(255, -5, 0);
        loss.reported(255, 0, 0);
        assertThat(loss.share()).isZero();
    }

    @Test
    void staysAShareWhateverComes() {
        Fuzz.bytes(Fuzz.runs(200_000), 200, bytes -> {
            Packet packet = packets.take();
            packet.copyFrom(bytes, 0, bytes.length);
            loss.transportFeedback(packet, 0, bytes.length, 0);
            loss.reported(bytes.length, bytes.length * 7, 0);
            assertThat(loss.share()).isBetween(0.0, 1.0);
            packet.release();
        });
    }

    @Test
    void allocatesNothing() {
        assertThat(Allocations.of(20_000, () -> loss.reported(20, 250, 0))).isZero();
    }
}
