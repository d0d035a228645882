package dev.parley.sfu.media;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.synthetic.StreamNumbers;
import dev.parley.sfu.rtp.synthetic.SyntheticAudio;
import dev.parley.sfu.rtp.synthetic.SyntheticOutput;
import dev.parley.sfu.rtp.synthetic.SyntheticPublisher;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import java.util.ArrayList;
import java.util.List;

/// A publisher with a camera of three layers and a microphone, a bad link, and its two tracks on a loop of the server.
/// The session's part (whose packet it is, RTX) is done by SSRC, without encryption.
final class ForwardingPublisher extends ContentedPublisher implements SyntheticOutput {
    static final int LAYERS = 3;

    private static final int VP8 = 96;
    private static final int VP8_RTX = 97;
    private static final int OPUS = 111;
    private static final ExtensionIds IDS = ExtensionIds.NONE
            .with(ExtensionType.AUDIO_LEVEL, 1)
            .with(ExtensionType.MID, 2)
            .with(ExtensionType.RID, 3)
            .with(ExtensionType.REPAIRED_RID, 4);

    final SyntheticPublisher media = new SyntheticPublisher();
    final SyntheticVideo camera;
    final IncomingTrack video;
    final IncomingTrack audio;
    private final int id;
    private final Simulation simulation;
    private final TurnLoop loop;
    private final Link<byte[]> up;
    private final PacketPool packets = new PacketPool(100);
    private final long clockOffsetNs;

    ForwardingPublisher(
            int id, Simulation simulation, TurnLoop loop, LinkConfig link, int framesPerSecond, Limits limits) {
        this.id = id;
        this.simulation = simulation;
        this.loop = loop;
        this.up = new Link<>(link, simulation.nextSeed(), simulation.nowNs());
        Rng rng = Rng.seeded(simulation.nextSeed());
        this.clockOffsetNs = rng.below(1_000_000) * 1_000L;
        camera = new SyntheticVideo(id, 1, layers(), framesPerSecond, this, rng, simulation.nowNs());
        media.add(camera);
        StreamNumbers voice = new StreamNumbers(ssrc(9), 0, OPUS, 0, 48_000, IDS, "0", "");
        media.add(new SyntheticAudio(id, 0, voice, this, rng, simulation.nowNs()));
        PayloadType vp8 = new PayloadType(VP8, Codec.VP8, 90_000, 1, VP8_RTX, "");
        video = new IncomingTrack(
                "video" + id, MediaKind.VIDEO, LAYERS, new TrackFormat(List.of(vp8), IDS), loop, limits, this);
        PayloadType opus = new PayloadType(OPUS, Codec.OPUS, 48_000, 2, PayloadType.NO_RTX, "");
        audio = new IncomingTrack(
                "audio" + id, MediaKind.AUDIO, 1, new TrackFormat(List.of(opus), IDS), loop, limits, this);
        for (int i = 0; i < LAYERS; i++) {
            video.encoding(i).bind(ssrc(i), true);
        }
        audio.encoding(0).bind(ssrc(9), false);
    }

    List<SyntheticVideo.Layer> layers() {
        List<SyntheticVideo.Layer> layers = new ArrayList<>();
        for (int i = 0; i < LAYERS; i++) {
            StreamNumbers numbers = new StreamNumbers(ssrc(i), ssrc(i) + 100, VP8, VP8_RTX, 90_000, IDS, "1", "" + i);
            layers.add(new SyntheticVideo.Layer(numbers, 320 << i, 180 << i, 600 << (2 * i)));
        }
        return layers;
    }

    private int ssrc(int stream) {
        return 1000 * (id + 1) + stream;
    }

    /// Captures, sends and lets the tracks ask, from now to the end of the run.
    void start() {
        capture();
        simulation.every(
                10_000_000,
                () -> loop.turn(() -> {
                    video.onTime(simulation.nowNs(), 60_000_000);
                    audio.onTime(simulation.nowNs(), 60_000_000);
                }));
        simulation.every(1_000_000_000, () -> loop.turn(this::senderReports));
    }

    private void capture() {
        media.onTime(simulation.nowNs());
        simulation.at(media.nextTimeNs(), this::capture);
    }

    /// The session reads them off RTCP; here the moment is known.
    private void senderReports() {
        for (int i = 0; i < LAYERS; i++) {
            SyntheticStream stream = media.stream(ssrc(i));
            if (stream != null && stream.sent() > 0) {
                video.onSenderReport(i, stream.timestampAt(simulation.nowNs()), 0, simulation.nowNs() + clockOffsetNs);
            }
        }
    }

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public void send(Packet rtp, int headerLength, long index) {
        byte[] datagram = rtp.toBytes();
        rtp.release();
        up.send(datagram, datagram.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> {
                    media.reachedServer(packet);
                    loop.turn(() -> accept(packet));
                });
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {
                media.lostOnTheWay(packet);
            }
        });
    }

    /// A datagram came to the server; in a turn of the loop.
    void accept(byte[] datagram) {
        Packet p = loop.packets().take(datagram);
        p.arrivalNs(simulation.nowNs());
        int stream = Rtp.ssrc(p) - ssrc(0);
        if (stream == 9) {
            audio.accept(p, 0, simulation.nowNs());
        } else if (stream < LAYERS) {
            video.accept(p, stream, simulation.nowNs());
        } else if (Rtp.payloadLength(p) > 2) {
            restore(p, stream - 100);
        }
        p.release();
    }

    private void restore(Packet p, int layer) {
        int at = Rtp.payloadOffset(p);
        Rtp.sequence(p, p.u16(at));
        Rtp.ssrc(p, ssrc(layer));
        Rtp.payloadType(p, VP8);
        System.arraycopy(p.array(), at + 2, p.array(), at, p.length() - at - 2);
        p.length(p.length() - 2);
        video.accept(p, layer, simulation.nowNs());
    }

    @Override
    public int nextTransportSequence() {
        return 0;
    }

    // ---- what the tracks want; it takes 20 ms to get there ----

    @Override
    public void missing(IncomingTrack track, int encoding, long seqIndex) {
        simulation.after(20_000_000, () -> media.nack(1, ssrc(encoding), (int) seqIndex & 0xffff, 0));
    }

    @Override
    public void keyFrameWanted(IncomingTrack track, int encoding) {
        simulation.after(20_000_000, () -> media.pli(ssrc(encoding)));
    }
}
