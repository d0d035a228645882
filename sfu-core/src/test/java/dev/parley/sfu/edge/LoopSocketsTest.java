package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopSocketsTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.1", 8443);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 8443);
    private static final InetSocketAddress REMOTE = new InetSocketAddress("198.51.100.7", 5000);

    private final Counters counters = new Counters();
    private final LoopSockets sockets = new LoopSockets(counters, Limits.defaults());
    private final PacketPool pool = new PacketPool(8);
    private final List<String> log = new ArrayList<>();

    private final class Recorder implements UdpSender {
        final String name;
        boolean full;
        long drops;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public boolean write(Packet packet, InetSocketAddress to) {
            log.add(name + ":" + packet.length());
            return !full;
        }

        @Override
        public void flush() {
            log.add(name + " flushed");
        }

        @Override
        public long takeKernelDrops() {
            return drops;
        }
    }

    @AfterEach
    void everyPacketIsBack() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void sendsFromTheAddressThatWasAsked() {
        sockets.opened(LOCAL, new Recorder("local"));
        sockets.opened(OTHER, new Recorder("other"));
        send(10, Flow.udp(LOCAL, REMOTE));
        send(11, Flow.udp(OTHER, REMOTE));
        send(12, Flow.udp(new InetSocketAddress("192.0.2.1", 8443), REMOTE));
        assertThat(log).containsExactly("local:10", "other:11", "local:12");
    }

    @Test
    void countsWhatHasNoSocket() {
        Recorder local = new Recorder("local");
        Flow flow = Flow.udp(LOCAL, REMOTE);
        send(10, flow);
        sockets.opened(LOCAL, local);
        send(10, flow);
        sockets.closed(LOCAL);
        send(10, flow);
        send(10, new Flow(Flow.Protocol.TCP, LOCAL, REMOTE));
        assertThat(counters.get(SfuCounter.SEND_NO_SOCKET)).isEqualTo(3);
        assertThat(log).hasSize(1);
    }

    @Test
    void countsWhatTheSocketDoesNotTake() {
        Recorder local = new Recorder("local");
        local.full = true;
        sockets.opened(LOCAL, local);
        send(10, Flow.udp(LOCAL, REMOTE));
        assertThat(counters.get(SfuCounter.SEND_BLOCKED)).isEqualTo(1);
    }

    @Test
    void refusesLongDatagramsOfOurOwn() {
        sockets.opened(LOCAL, new Recorder("local"));
        send(1232, Flow.udp(LOCAL, REMOTE));
        send(1233, Flow.udp(LOCAL, REMOTE));
        Packet through = packet(1500);
        through.passedThrough(true);
        sockets.send(through, Flow.udp(LOCAL, REMOTE));
        send(1500, Flow.udp(LOCAL, REMOTE));
        assertThat(log).containsExactly("local:1232", "local:1500");
        assertThat(counters.get(SfuCounter.SEND_TOO_LONG)).isEqualTo(2);
    }

    @Test
    void addsUpWhatTheKernelDropped() {
        for (InetSocketAddress address : List.of(LOCAL, OTHER)) {
            Recorder recorder = new Recorder("r");
            recorder.drops = 7;
            sockets.opened(address, recorder);
        }
        sockets.countKernelDrops();
        assertThat(counters.get(SfuCounter.KERNEL_DROPPED)).isEqualTo(14);
    }

    private void send(int length, Flow flow) {
        sockets.send(packet(length), flow);
    }

    private Packet packet(int length) {
        Packet packet = pool.take();
        packet.length(length);
        return packet;
    }
}
