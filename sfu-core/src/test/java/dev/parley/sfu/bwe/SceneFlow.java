package dev.parley.sfu.bwe;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.rtp.rtcp.TransportFeedback;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A sender of voice and pictures that fill its estimate, and a receiver that reports as browsers do, in the bytes of
/// the wire. The receiver's clock is another and runs a little faster.
final class SceneFlow {
    private static final int PACKET_BYTES = 1200;
    private static final int VOICE_BYTES = 110;
    private static final long VOICE_NS = 20 * Scene.MS;
    private static final long FRAME_NS = 33_333_333;
    private static final long REPORT_NS = 100 * Scene.MS;
    private static final int RTCP_HEADER = 12;

    private final Scene scene;
    private final Limits limits = Limits.defaults();
    private final Counters counters = new Counters();
    private final BandwidthEstimator estimator = new BandwidthEstimator(limits, counters);
    private final ArrivalRecorder recorder = new ArrivalRecorder(8192);
    private final Packet wire = new PacketPool(1).take();
    private final RtcpWriter writer = new RtcpWriter(wire, 1200);
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>();
    private final SplittableRandom random;
    private final long clockOffsetNs;
    private final SentLog sent = new SentLog();
    private long contentBps;
    private int seq;
    private boolean draining;
    private long timerNs = Long.MAX_VALUE;
    private double estimateSum;
    private long estimates;

    private final TransportFeedback.Arrivals arrivals = new TransportFeedback.Arrivals() {
        @Override
        public void received(int reported, long arrivalNs) {
            estimator.received(reported, arrivalNs);
        }

        @Override
        public void lost(int firstSeq, int count) {
            estimator.lost(firstSeq, count);
        }
    };

    record Datagram(SceneFlow flow, int seq) {
        void arrived(long atNs) {
            flow.recorder.record(seq, flow.receiverTime(atNs));
        }
    }

    SceneFlow(Scene scene, long wantedBps, long contentBps) {
        this.scene = scene;
        this.contentBps = contentBps;
        random = new SplittableRandom(scene.sim().nextSeed());
        seq = random.nextInt(1 << 16);
        clockOffsetNs = random.nextLong(900_000 * Scene.SECOND);
        estimator.wanted(wantedBps);
    }

    SceneFlow startsAt(double second) {
        scene.from(second + random.nextDouble(0.05), () -> {
            estimator.begin(scene.sim().nowNs());
            estimator.beginProbes(scene.sim().nowNs());
            scene.sim().every(VOICE_NS, () -> sendNow(VOICE_BYTES, SentKind.AUDIO));
            scene.sim().every(FRAME_NS, this::frame);
            scene.sim().every(REPORT_NS, this::sendReports);
        });
        return this;
    }

    BandwidthEstimator estimator() {
        return estimator;
    }

    Counters counters() {
        return counters;
    }

    SentLog sent() {
        return sent;
    }

    void contentFrom(double second, long bps) {
        scene.from(second, () -> contentBps = bps);
    }

    double estimateBps() {
        return estimator.targetBps(scene.sim().nowNs());
    }

    void sample(long elapsedNs) {
        if (elapsedNs > 20 * Scene.SECOND) {
            estimateSum += estimateBps();
            estimates++;
        }
    }

    /// Mean of the estimate from 20 s on.
    double meanBps() {
        return estimateSum / estimates;
    }

    /// Pictures vary in size; what the budget does not allow waits, and what waits is not made.
    private void frame() {
        double bps = Math.min(contentBps, estimateBps()) - VOICE_BYTES * 8e9 / VOICE_NS;
        double bytes = bps * FRAME_NS / 8e9 * (0.8 + random.nextDouble(0.4));
        for (int left = waiting.isEmpty() ? (int) bytes : 0; left > 0; left -= PACKET_BYTES) {
            waiting.add(Math.clamp(left, 200, PACKET_BYTES));
        }
        if (!draining) {
            drain();
        }
    }

    private void drain() {
        long nowNs = scene.sim().nowNs();
        draining = false;
        while (!waiting.isEmpty() && !draining) {
            long atNs = estimator.pacer().allowedAtNs(waiting.peek(), nowNs);
            if (atNs <= nowNs) {
                sendNow(waiting.poll(), SentKind.VIDEO);
            } else {
                draining = true;
                scene.sim().at(atNs, this::drain);
            }
        }
    }

    private void sendNow(int bytes, SentKind kind) {
        long nowNs = scene.sim().nowNs();
        seq = seq + 1 & 0xffff;
        estimator.sent(seq, bytes, kind, nowNs);
        sent.sent(nowNs, bytes, kind, estimateBps());
        scene.send(new Datagram(this, seq), bytes);
        arm();
    }

    private void arm() {
        long nextNs = estimator.nextTimeNs(scene.sim().nowNs());
        if (nextNs < timerNs) {
            timerNs = nextNs;
            scene.sim().at(nextNs, this::onTime);
        }
    }

    private void onTime() {
        long nowNs = scene.sim().nowNs();
        if (nowNs < timerNs) {
            return;
        }
        timerNs = Long.MAX_VALUE;
        estimator.onTime(nowNs);
        for (int bytes = estimator.paddingDue(nowNs); bytes > 0; bytes = estimator.paddingDue(nowNs)) {
            sendNow(bytes, SentKind.PADDING);
        }
        arm();
    }

    private long receiverTime(long atNs) {
        return atNs + clockOffsetNs + atNs / 20_000; // 50 ppm
    }

    private void sendReports() {
        while (recorder.pending()) {
            writer.begin(wire, 1200);
            if (!recorder.write(writer, 1, 2)) {
                return;
            }
            scene.sendBack(Arrays.copyOf(wire.array(), wire.length()), this);
        }
    }

    void report(byte[] bytes) {
        wire.copyFrom(bytes, 0, bytes.length);
        estimator.beginReport(scene.sim().nowNs());
        TransportFeedback.read(wire, RTCP_HEADER, bytes.length - RTCP_HEADER, arrivals);
        estimator.endReport();
        arm();
    }
}
