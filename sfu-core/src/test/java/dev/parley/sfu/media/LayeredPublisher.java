package dev.parley.sfu.media;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A publisher of the layer scenes: 30 pictures a second in one encoding or several over a bad link, key frames
/// and repairs when they are asked for, which takes 20 ms to get there.
final class LayeredPublisher extends ContentedPublisher {
    static final int PAYLOAD_TYPE = 100;
    static final long PICTURE_NS = 1_000_000_000L / 30;
    private static final ExtensionIds IDS =
            ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, LayeredEncoder.DESCRIPTOR_ID);

    final LayerPattern pattern;
    final IncomingTrack track;
    final List<LayeredEncoder> encoders = new ArrayList<>();
    int keyFrameRequests;
    private final Simulation simulation;
    private final TurnLoop loop;
    private final Link<LayeredEncoder.Made> up;
    private final List<Map<Integer, LayeredEncoder.Made>> history = new ArrayList<>();
    private final List<Set<Integer>> reached = new ArrayList<>();
    private int unreached;

    LayeredPublisher(
            LayerPattern pattern,
            int encodings,
            boolean sealed,
            Simulation simulation,
            TurnLoop loop,
            LinkConfig link,
            Limits limits) {
        this.pattern = pattern;
        this.simulation = simulation;
        this.loop = loop;
        this.up = new Link<>(link, simulation.nextSeed(), simulation.nowNs());
        PayloadType type = new PayloadType(PAYLOAD_TYPE, pattern.codec, 90_000, 1, PayloadType.NO_RTX, "");
        track = new IncomingTrack(
                "camera", MediaKind.VIDEO, encodings, new TrackFormat(List.of(type), IDS), loop, limits, this);
        for (int i = 0; i < encodings; i++) {
            encoders.add(new LayeredEncoder(pattern, i, i + 1, PAYLOAD_TYPE, sealed, simulation.nextSeed()));
            history.add(new HashMap<>());
            reached.add(new HashSet<>());
            track.encoding(i).bind(i + 1, true);
        }
    }

    void start() {
        simulation.every(PICTURE_NS, this::capture);
        simulation.every(10_000_000, () -> loop.turn(() -> track.onTime(simulation.nowNs(), 60_000_000)));
    }

    private void capture() {
        for (int i = 0; i < encoders.size(); i++) {
            LayeredEncoder encoder = encoders.get(i);
            if (encoder.active) {
                for (LayeredEncoder.Made made : encoder.picture(simulation.nowNs())) {
                    history.get(i).put(made.seq(), made);
                    unreached++;
                    send(i, made);
                }
            }
        }
    }

    private void send(int encoding, LayeredEncoder.Made made) {
        up.send(made, made.bytes().length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(LayeredEncoder.Made packet, long atNs) {
                simulation.at(atNs, () -> loop.turn(() -> accept(encoding, packet)));
            }

            @Override
            public void dropped(LayeredEncoder.Made packet, DropCause cause) {}
        });
    }

    private void accept(int encoding, LayeredEncoder.Made made) {
        unreached -= reached.get(encoding).add(made.seq()) ? 1 : 0;
        Packet packet = loop.packets().take(made.bytes());
        packet.arrivalNs(simulation.nowNs());
        track.accept(packet, encoding, simulation.nowNs());
        packet.release();
    }

    /// Packets that never came to the server, however often they were sent.
    int unreached() {
        return unreached;
    }

    /// No packet is lost and none overtaken any more.
    void calm(LinkConfig link) {
        up.configure(link, simulation.nowNs());
    }

    @Override
    public void missing(IncomingTrack of, int encoding, long seqIndex) {
        LayeredEncoder.Made made = history.get(encoding).get((int) seqIndex & 0xffff);
        if (made != null) {
            simulation.after(20_000_000, () -> send(encoding, made));
        }
    }

    @Override
    public void keyFrameWanted(IncomingTrack of, int encoding) {
        keyFrameRequests++;
        simulation.after(20_000_000, () -> encoders.get(encoding).keyWanted = true);
    }
}
