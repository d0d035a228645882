package dev.parley.bench;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.media.ContentedPublisher;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingFormat;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.TrackFormat;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.srtp.SrtpSender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a forwarded packet costs in memory, from the publisher's track to the ciphertext for one subscriber: a camera's
/// packet goes to 100 subscribers of its own loop. With the NULL cipher only what is ours remains.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForwardBench {
    private static final int SUBSCRIBERS = 100;
    private static final long PACKET_INTERVAL_NS = 5_000_000;
    private static final int VP8_RTX = 97;

    @Param({"JCE", "NULL"})
    public SrtpCipherSuite suite = SrtpCipherSuite.JCE;

    @Param("1200")
    public int payload;

    private final BenchLoop loop = new BenchLoop();
    private final Limits limits = Limits.defaults();
    private final Rng rng = Rng.seeded(1);
    private final PayloadType vp8 = new PayloadType(Vp8Source.PAYLOAD_TYPE, Codec.VP8, 90_000, 1, VP8_RTX, "");
    private final IncomingTrack camera = new IncomingTrack(
            "camera",
            MediaKind.VIDEO,
            1,
            new TrackFormat(List.of(vp8), Vp8Source.EXTENSIONS),
            loop,
            limits,
            new ContentedPublisher());
    private final ProtectingSink[] sinks = new ProtectingSink[SUBSCRIBERS];
    private Vp8Source source = new Vp8Source(0);

    @Setup
    public void subscribe() {
        source = new Vp8Source(payload);
        camera.encoding(0).bind(Vp8Source.SSRC, true);
        Feeds feeds = new Feeds(loop, limits);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            sinks[i] = new ProtectingSink(loop.packets(), keys());
            OutgoingTrack track = new OutgoingTrack(format(i), feeds, sinks[i], loop.counters(), limits, rng);
            track.show(camera, loop.nowNs());
            track.onReceiverReport(0, 0, 0);
        }
        publish();
        for (ProtectingSink sink : sinks) {
            if (sink.sentBytes == 0) {
                throw new IllegalStateException("a subscriber did not get the key frame");
            }
        }
    }

    private SrtpSender keys() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        return new SrtpSender(suite, profile, rng.bytes(profile.keyLength()), rng.bytes(profile.saltLength()), limits);
    }

    private OutgoingFormat format(int subscriber) {
        ExtensionIds ids = ExtensionIds.NONE
                .with(ExtensionType.MID, 9)
                .with(ExtensionType.ABS_SEND_TIME, 2)
                .with(ExtensionType.TRANSPORT_CC, 3);
        int ssrc = 1 + 2 * subscriber;
        return new OutgoingFormat(MediaKind.VIDEO, new Mid("5"), ssrc, ssrc + 1, List.of(vp8), ids, true);
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public void forward() {
        publish();
    }

    private void publish() {
        loop.pass(PACKET_INTERVAL_NS);
        Packet packet = loop.packets().take();
        packet.arrivalNs(loop.nowNs());
        source.next(packet);
        camera.accept(packet, 0, loop.nowNs());
        packet.release();
    }

    /// Misses nothing and is asked for nothing.
}
