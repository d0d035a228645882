package dev.parley.sfu.media;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A viewer of the layer scenes behind a bad link: notes everything that the server sends, asks for what is
/// missing, and checks that a repair is what it repairs.
final class LayeredViewer implements MediaSink {
    private static final int SSRC = 77;
    private static final int RTX_SSRC = 78;
    private static final int RTX_TYPE = 101;
    /// For as long as the server keeps packets.
    private static final int TRIES_MAX = 33;

    static final ExtensionIds IDS = ExtensionIds.NONE.with(ExtensionType.DEPENDENCY_DESCRIPTOR, 9);

    final OutgoingTrack track;
    final LayeredJudge judge;
    private final Simulation simulation;
    private final TurnLoop loop;
    private final Link<byte[]> down;
    private final Set<Long> received = new HashSet<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    private long highest = -1;
    private long judged = Long.MAX_VALUE;

    LayeredViewer(
            LayerPattern pattern,
            boolean sealed,
            Simulation simulation,
            TurnLoop loop,
            LinkConfig link,
            Limits limits) {
        this.simulation = simulation;
        this.loop = loop;
        this.down = new Link<>(link, simulation.nextSeed(), simulation.nowNs());
        this.judge = new LayeredJudge(pattern, sealed);
        int number = LayeredPublisher.PAYLOAD_TYPE;
        PayloadType type = new PayloadType(number, pattern.codec, 90_000, 1, RTX_TYPE, "");
        OutgoingFormat format =
                new OutgoingFormat(MediaKind.VIDEO, new Mid("v"), SSRC, RTX_SSRC, List.of(type), IDS, true);
        Rng rng = Rng.seeded(simulation.nextSeed());
        track = new OutgoingTrack(format, new Feeds(loop, limits), this, loop.counters(), limits, rng);
        track.onReceiverReport(0, 0, 0);
        track.onRtxReport();
    }

    void start(IncomingTrack source) {
        loop.turn(() -> track.show(source, simulation.nowNs()));
        simulation.every(30_000_000, () -> loop.turn(this::askForMissing));
        simulation.every(100_000_000, () -> loop.turn(() -> track.onTime(simulation.nowNs())));
    }

    void target(int spatial, int temporal) {
        loop.turn(() -> track.target(spatial, temporal, simulation.nowNs()));
    }

    @Override
    public boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        int headerLength = header.length();
        System.arraycopy(source.array(), from, out.array(), out.length(), count);
        out.length(out.length() + count);
        byte[] datagram = out.toBytes();
        out.release();
        if (ssrc(datagram) == SSRC) {
            judged = Math.min(judged, index);
            judge.sent(index, datagram, headerLength, simulation.nowNs());
        }
        down.send(datagram, datagram.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> receive(packet, headerLength, index));
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {}
        });
        return true;
    }

    private static int ssrc(byte[] datagram) {
        return Bytes.i32(datagram, 8);
    }

    private void receive(byte[] datagram, int headerLength, long index) {
        long repaired = index;
        if (ssrc(datagram) != SSRC) {
            int seq = Bytes.u16(datagram, headerLength);
            repaired = highest + (short) (seq - (int) highest);
            judge.repaired(repaired, datagram, headerLength, simulation.nowNs());
        }
        received.add(repaired);
        highest = Math.max(highest, repaired);
    }

    private void askForMissing() {
        for (long index = Math.max(judged, highest - 300); index < highest; index++) {
            if (!received.contains(index) && tries.merge(index, 1, Integer::sum) <= TRIES_MAX) {
                track.onNack((int) index & 0xffff, simulation.nowNs());
            }
        }
    }

    /// Numbers up to the highest that did not come even when they were asked for.
    long unrepaired() {
        return highest < 0 ? 0 : highest - judged + 1 - received.size();
    }

    void calm(LinkConfig link) {
        down.configure(link, simulation.nowNs());
    }

    static byte[] payload(byte[] datagram, int from) {
        return Arrays.copyOfRange(datagram, from, datagram.length);
    }

    @Override
    public Packet packet() {
        return loop.packets().take();
    }

    @Override
    public void sendAgain(Packet datagram) {
        throw new AssertionError("there is RTX: " + Rtp.sequence(datagram));
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public int overheadBytes() {
        return 16;
    }

    @Override
    public void due() {}

    @Override
    public void undecodable(OutgoingTrack of, Codec codec) {
        throw new AssertionError(codec + " is decodable");
    }
}
