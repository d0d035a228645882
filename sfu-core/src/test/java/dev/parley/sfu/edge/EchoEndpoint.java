package dev.parley.sfu.edge;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Binds each flow on its first STUN request and sends back all that it gets. What it notes may be read by the test.
final class EchoEndpoint implements Endpoint {
    /// First byte of a datagram that makes the endpoint throw, or send in a way of its own.
    static final int THROW = 130;

    static final int SEND_LONG = 131;
    static final int SEND_LONG_PASSED_THROUGH = 132;
    static final int SILENT = 133;

    private final MediaLoop loop;
    private final String ufrag;
    final List<Flow> flows = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    volatile @Nullable Throwable fault;
    volatile int received;
    volatile int ticks;
    volatile long arrivalNs;
    private long nextNs = Deadlines.NEVER;

    private final Timed timed = new Timed() {
        @Override
        public long nextTimeNs() {
            return nextNs;
        }

        @Override
        public void onTime(long nowNs) {
            tick(nowNs);
        }
    };

    EchoEndpoint(MediaLoop loop, String ufrag) {
        this.loop = loop;
        this.ufrag = ufrag;
    }

    /// Adds a new one to a loop and waits until it is there.
    static EchoEndpoint on(LoopRef loop, String name) {
        EchoEndpoint endpoint = new EchoEndpoint(loop.loop(), ufrag(loop.index(), name));
        Await.run(loop, media -> media.add(endpoint));
        return endpoint;
    }

    static String ufrag(int loop, String name) {
        return (char) ('A' + loop) + name;
    }

    static int loopOf(String ufrag) {
        return ufrag.isEmpty() ? -1 : ufrag.charAt(0) - 'A';
    }

    /// On the loop: `onTime` is called after so long, and then again each time.
    void tickEvery(long periodNs) {
        nextNs = loop.nowNs() + periodNs;
        loop.touched(timed);
    }

    private void tick(long nowNs) {
        ticks++;
        nextNs = nowNs + 1_000_000;
    }

    @Override
    public String localUfrag() {
        return ufrag;
    }

    @Override
    public void receive(Packet packet, Flow flow, long nowNs) {
        received++;
        arrivalNs = packet.arrivalNs();
        threads.add(Thread.currentThread().getName());
        if (packet.u8(0) == 0 && !flows.contains(flow)) {
            flows.add(flow);
            loop.bound(this, flow);
        }
        answer(packet, flow);
    }

    private void answer(Packet packet, Flow flow) {
        switch (packet.u8(0)) {
            case THROW -> {
                packet.release();
                throw new IllegalStateException("told to");
            }
            case SILENT -> packet.release();
            case SEND_LONG, SEND_LONG_PASSED_THROUGH -> {
                packet.passedThrough(packet.u8(0) == SEND_LONG_PASSED_THROUGH);
                packet.length(1233);
                loop.send(packet, flow);
            }
            default -> loop.send(packet, flow);
        }
    }

    @Override
    public void gone(Flow flow, long nowNs) {
        flows.remove(flow);
    }

    @Override
    public Timed timed() {
        return timed;
    }

    @Override
    public void failed(Throwable thrown) {
        fault = thrown;
    }
}
